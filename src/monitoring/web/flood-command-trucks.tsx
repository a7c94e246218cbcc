import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { distanceMetres } from '../../kernel/contract.ts'
import { EmptyState, Icon, Lamp, sayNear, useAct, useNow, useRemaining, useWords } from '../../kernel/web/index.ts'
import { putTruckDriver, type AssignmentShown, type FloodPointShown, type TruckShown } from '../contract.ts'
import { FindPerson } from './flood-command-staff.tsx'
import { isLate, markOf, PUMP_WORDS, sayFar, whoOf } from './flood-command-words.ts'
import { DOING_WORDS } from './vehicle-words.ts'

const words = {
  trucks: { zh: '防洪泵车', en: 'Pump trucks' },
  from: { zh: '距点', en: 'away' },
  driver: { zh: '驾驶员', en: 'Driver' },
  gets: { zh: '受令', en: 'orders go to' },
  nobody: { zh: '未指定受令人', en: 'nobody gets its orders' },
  set: { zh: '指定受令人', en: 'Name who gets them' },
  change: { zh: '更换受令人', en: 'Change who gets them' },
  clear: { zh: '取消指定', en: 'Clear' },
  send: { zh: '派往', en: 'Send' },
  at: { zh: '执行', en: 'at' },
  since: { zh: '自', en: 'since' },
  none: { zh: '没有登记泵车。在车辆页登记种类为防洪泵车的车辆。', en: 'No pump trucks: register vehicles of that kind.' },
  orders: { zh: '正在执行的指令', en: 'Orders that run' },
  noOrders: { zh: '没有正在执行的指令', en: 'No order runs' },
  free: { zh: '空闲', en: 'free' },
}

interface Props {
  readonly trucks: readonly TruckShown[]
  readonly running: readonly AssignmentShown[]
  readonly point: FloodPointShown | undefined
  /** Undefined: the caller commands nobody. */
  readonly send: ((truck: string) => void) | undefined
  readonly choose: (device: string) => void
}

/** The pump trucks, the nearest to the chosen point first, and all orders that run. */
export function CommandTrucks({ trucks, running, point, send, choose }: Props) {
  const { say } = useWords()
  const away = ({ position }: TruckShown) => (point?.position && position ? distanceMetres(point.position, position) : undefined)
  const nearest = trucks.toSorted((one, other) => Number(other.free) - Number(one.free) || (away(one) ?? Infinity) - (away(other) ?? Infinity))
  const orders = running.filter(({ kind }) => kind === 'order')
  return (
    <section className="card flood-rain fc-trucks" aria-label={say(words.trucks)}>
      <h2>
        {say(words.trucks)} <span>{trucks.length}</span>
      </h2>
      {trucks.length === 0 && <EmptyState why={say(words.none)} />}
      {nearest.map((truck) => (
        <Truck key={truck.code} truck={truck} metres={away(truck)} order={orders.find((each) => each.truck?.code === truck.code)} send={send} />
      ))}
      <h2 className="mt">
        {say(words.orders)} <span>{orders.length}</span>
      </h2>
      {orders.length === 0 && <p className="muted small">{say(words.noOrders)}</p>}
      <ul className="fc-orders">
        {orders.map((order) => (
          <li key={order.id}>
            <button type="button" onClick={() => choose(order.point.device)}>
              <b>{whoOf(order)}</b>
              <Next order={order} />
              <span className="muted">{order.point.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Truck({ truck, metres, order, send }: { truck: TruckShown; metres: number | undefined; order: AssignmentShown | undefined; send: Props['send'] }) {
  const { say, language } = useWords()
  const now = useNow()
  const queries = useQueryClient()
  const [setting, setSetting] = useState(false)
  const driver = useAct(putTruckDriver, {
    done: () => {
      setSetting(false)
      void queries.invalidateQueries({ queryKey: ['flood-command'] })
    },
  })
  const give = (account: string | null) => driver.mutate({ params: { code: truck.code }, body: { account } })
  return (
    <article className="fc-truck" aria-label={truck.name}>
      <header>
        <Icon name="truck" size={15} />
        <b>{truck.name}</b>
        <span className="muted small">{truck.plate}</span>
        {send && truck.free && (
          <Button size="small" onClick={() => send(truck.code)}>
            {say(words.send)}
          </Button>
        )}
      </header>
      <p className="small">
        <span className={`tag ${truck.pump === 'running' ? 'brand' : ''}`}>{say(PUMP_WORDS[truck.pump])}</span>
        {truck.pumpSince && truck.pump === 'running' && (
          <span className="muted">
            {say(words.since)} {sayNear(truck.pumpSince, now)}
          </span>
        )}
        <span>{say(DOING_WORDS[truck.doing])}</span>
        {metres !== undefined && (
          <span>
            {language === 'zh' ? `${say(words.from)} ${sayFar(metres, language)}` : `${sayFar(metres, language)} ${say(words.from)}`}
          </span>
        )}
        <span className="muted">{truck.at && sayNear(truck.at, now)}</span>
      </p>
      <p className="small">
        {order ? (
          <span className="tag orange">
            {say(words.at)} {order.point.name}
          </span>
        ) : (
          truck.free && <span className="muted">{say(words.free)}</span>
        )}
        <span>
          {say(words.driver)} {truck.driver || '—'}
        </span>
        <span className="muted">{truck.account ? `${say(words.gets)} ${truck.account.name}` : say(words.nobody)}</span>
        {truck.account?.phone && (
          <a href={`tel:${truck.account.phone}`}>
            <Icon name="phone" size={12} /> {truck.account.phone}
          </a>
        )}
        {send && !setting && (
          <button type="button" className="plain-button" onClick={() => setSetting(true)}>
            {say(truck.account ? words.change : words.set)}
          </button>
        )}
      </p>
      {setting && (
        <div className="fc-line">
          <FindPerson not={truck.account ? [truck.account.id] : []} add={give} />
          {truck.account && (
            <Button size="small" onClick={() => give(null)}>
              {say(words.clear)}
            </Button>
          )}
        </div>
      )}
    </article>
  )
}

/** The limit that comes next, or what came last. */
function Next({ order }: { order: AssignmentShown }) {
  const { say } = useWords()
  const now = useNow()
  const { next } = order
  const { lamp, before, span } = useRemaining({ lamp: 'green', from: order.orderedAt, dueAt: next?.dueAt ?? null })
  if (!next) return <span className={`small ${isLate(order, now) ? 'near' : 'muted'}`}>{say((order.marks.findLast(({ at }) => at) ?? order.marks[0]!).words)}</span>
  return (
    <span className={`small fc-next ${lamp}`}>
      <Lamp colour={lamp} size={13} /> {say(markOf(order, next.mark)!.words)} {before} <b className="number">{span}</b>
    </span>
  )
}
