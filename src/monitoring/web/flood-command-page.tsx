import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useMemo, useState, type ReactNode } from 'react'
import { CityMap } from '../../atlas/web/index.ts'
import { ErrorState, Loading, tell, useAct, useAddress, useKeys, useMay, useNow, useWords } from '../../kernel/web/index.ts'
import { LEVELS, postCall, type AssignmentShown, type FloodPointShown, type TruckShown } from '../contract.ts'
import { CommandPoint, type Opened } from './flood-command-point.tsx'
import { CommandPoints } from './flood-command-points.tsx'
import { commandQuery, useLiveCommand } from './flood-command-queries.ts'
import { CommandTrucks } from './flood-command-trucks.tsx'
import { tally, whoOf } from './flood-command-words.ts'
import { floodMovers } from './flood-points.tsx'
import { floodQuery } from './flood-queries.ts'
import './flood.css'
import './flood-command.css'

const words = {
  title: { zh: '防汛指挥', en: 'Flood command' },
  map: { zh: '积水点、到岗人员与泵车；两侧列表是同样的内容', en: 'Flood points, people and pump trucks; the lists beside hold the same' },
  called: { zh: '叫应', en: 'Called' },
  received: { zh: '收到', en: 'received' },
  there: { zh: '到岗', en: 'there' },
  orders: { zh: '指令', en: 'Orders' },
  overdue: { zh: '超时', en: 'overdue' },
  callLevel: { zh: '按等级叫应', en: 'Call up by level' },
  above: { zh: '及以上', en: 'and above' },
  call: { zh: '叫应', en: 'Call up' },
  done: { zh: '已叫应', en: 'Called up' },
  keys: { zh: 'J K 换点，C 叫应，O 下令', en: 'J K move, C call up, O order' },
}

export default function FloodCommandPage() {
  const { say, language } = useWords()
  const may = useMay()('monitoring.command')
  const queries = useQueryClient()
  useLiveCommand()
  const [{ point }, setAddress] = useAddress<{ point?: string }>()
  const flood = useQuery(floodQuery(undefined))
  const command = useQuery(commandQuery)
  const [opened, setOpened] = useState<Opened>()
  const points = flood.data?.points ?? []
  const chosen = points.find(({ device }) => device === point) ?? points[0]
  const call = useAct(postCall, {
    done: ({ items, already, empty }) => {
      const rest = [already > 0 && (language === 'zh' ? `${already} 人已在叫应中` : `${already} already called`), empty.length > 0 && (language === 'zh' ? `${empty.length} 处无责任人` : `${empty.length} without a roll`)].filter(Boolean)
      tell(`${say(words.done)} ${language === 'zh' ? `${items.length} 人` : items.length}${rest.length > 0 ? ` (${rest.join(', ')})` : ''}`)
      void queries.invalidateQueries({ queryKey: ['flood-command'] })
    },
  })
  const choose = (device: string) => {
    setOpened(undefined)
    setAddress({ point: device })
  }
  const step = (by: number) => {
    const at = points.findIndex(({ device }) => device === chosen?.device)
    const next = points[Math.min(points.length - 1, Math.max(0, at + by))]
    if (next) choose(next.device)
  }
  const callChosen = () => may && chosen && !call.isPending && call.mutate({ body: { points: [chosen.device] } })
  useKeys({ j: () => step(1), k: () => step(-1), c: () => void callChosen(), o: () => may && setOpened({ what: 'order' }), Escape: () => setOpened(undefined) })
  const running = command.data?.running ?? []
  const movers = useMemo(() => commandMovers(points, chosen?.device, running, command.data?.trucks ?? []), [points, chosen?.device, command.data])
  const failed = flood.error ?? command.error
  if (failed && !(flood.data && command.data)) return <ErrorState error={failed} retry={() => void (flood.refetch(), command.refetch())} />
  if (!flood.data || !command.data) return <Loading lines={12} />
  return (
    <div className="flood flood-command">
      <Band running={running}>{may && <CallByLevel busy={call.isPending} call={(level) => call.mutate({ body: { level } })} />}</Band>
      <div className="flood-body">
        <CommandPoints points={points} running={running} chosen={chosen?.device} choose={choose} />
        <div className="flood-middle">
          <div className="card flood-map">
            <CityMap label={say(words.map)} movers={movers} padding={{ left: 0, right: 0, bottom: 0 }} onPick={(id) => points.some(({ device }) => device === id) && choose(id)} />
          </div>
          {chosen && (
            <CommandPoint
              key={chosen.device}
              point={chosen}
              command={command.data}
              opened={opened}
              open={setOpened}
              call={callChosen}
              calling={call.isPending}
            />
          )}
        </div>
        <CommandTrucks trucks={command.data.trucks} running={running} point={chosen} send={may ? (truck) => setOpened({ what: 'order', truck }) : undefined} choose={choose} />
      </div>
    </div>
  )
}

function Band({ running, children }: { running: readonly AssignmentShown[]; children: ReactNode }) {
  const { say } = useWords()
  const now = useNow()
  const { called, received, there, orders, overdue } = tally(running, now)
  return (
    <header className="flood-band">
      <h1>{say(words.title)}</h1>
      <p className="fc-tally">
        {say(words.called)} <b className="number">{called}</b>
        <span>
          {say(words.received)} <b className="number">{received}</b>
        </span>
        <span>
          {say(words.there)} <b className="number">{there}</b>
        </span>
      </p>
      <p className="fc-tally">
        {say(words.orders)} <b className="number">{orders}</b>
        <span data-late={overdue > 0 || undefined}>
          {say(words.overdue)} <b className="number">{overdue}</b>
        </span>
      </p>
      {children}
    </header>
  )
}

/** One press for all points that stand at a level or above. */
function CallByLevel({ call, busy }: { call: (level: number) => void; busy: boolean }) {
  const { say, language } = useWords()
  const [level, setLevel] = useState(2)
  return (
    <span className="fc-by-level right">
      <span className="muted small">{say(words.keys)}</span>
      <Select
        size="small"
        value={level}
        onChange={setLevel}
        aria-label={say(words.callLevel)}
        options={LEVELS.map(({ words: name }, i) => ({ value: i + 1, label: `${say(name)}${language === 'zh' ? '' : ' '}${say(words.above)}` }))}
        popupMatchSelectWidth={false}
      />
      <Button size="small" type="primary" loading={busy} onClick={() => call(level)}>
        {say(words.callLevel)}
      </Button>
    </span>
  )
}

/** The points with who is on the way or there, and the trucks. */
function commandMovers(points: readonly FloodPointShown[], chosen: string | undefined, running: readonly AssignmentShown[], trucks: readonly TruckShown[]): GeoJSON.FeatureCollection {
  const people = new Map(running.flatMap((each) => (each.person && !each.truck && each.seen?.position ? [[each.person.id, each] as const] : [])))
  const at = (id: string, [lng, lat]: readonly number[], properties: object): GeoJSON.Feature => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lng!, lat!] },
    properties: { id, bearing: 0, chosen: false, ...properties },
  })
  return {
    type: 'FeatureCollection',
    features: [
      ...floodMovers(points, chosen).features,
      ...[...people.values()].map((each) => at(each.id, each.seen!.position!, { name: whoOf(each), tone: 'still' })),
      ...trucks.flatMap((truck) => (truck.position ? [at(truck.code, truck.position, { name: truck.name, tone: truck.doing === 'moving' ? 'moving' : truck.doing === 'still' ? 'still' : 'silent' })] : [])),
    ],
  }
}
