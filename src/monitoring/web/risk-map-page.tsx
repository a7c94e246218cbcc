import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useDeferredValue, useMemo, useState } from 'react'
import { CityMap } from '../../atlas/web/index.ts'
import { EmptyState, ErrorState, Icon, LEVEL_TONES, Loading, sayCount, useAddress, useWords } from '../../kernel/web/index.ts'
import { FIELD_CODES, FIELDS, RISK_LEVELS, type Field, type HazardMark, type Mark, type Stage, type WarnedRisk } from '../contract.ts'
import { HazardFiguresColumn } from './hazard-figures.tsx'
import { HazardPanel } from './hazard-panel.tsx'
import { LevelMark } from './level-mark.tsx'
import { RiskFiguresColumn } from './risk-figures.tsx'
import { RiskPanel } from './risk-panel.tsx'
import { hazardFiguresQuery, hazardMapQuery, hazardQuery, hazardsQuery, keyOfText, keyText, riskFiguresQuery, riskMapQuery, riskQuery, risksQuery, useLiveRisks, warnedQuery, type View } from './risk-queries.ts'
import { HazardRow, RiskRow, WarnedRow } from './risk-rows.tsx'
import './risk.css'

const words = {
  title: { zh: '安全风险', en: 'Safety risks' },
  views: { zh: '视图', en: 'View' },
  fields: { zh: '领域', en: 'Field' },
  reviews: { zh: '复评', en: 'Review' },
  all: { zh: '全部', en: 'All' },
  overdue: { zh: '复评逾期', en: 'Review overdue' },
  soon: { zh: '30 天内复评', en: 'Within 30 days' },
  map: { zh: '城市安全风险地图；右侧列表是同样的风险或隐患', en: 'Map of risks or hazards; the list beside it holds the same' },
  figures: { zh: '统计', en: 'Figures' },
  list: { zh: '列表', en: 'List' },
  back: { zh: '返回列表', en: 'Back to the list' },
  more: { zh: '继续加载', en: 'Load more' },
  noRisks: { zh: '没有符合条件的风险。在“风险管理”中登记或导入。', en: 'No risk fits. Register or import them under “Register of risks”.' },
  noHazards: { zh: '没有符合条件的隐患。', en: 'No hazard fits.' },
  noWarned: { zh: '此刻没有因告警升级的风险。有监测设备告警时会自动出现。', en: 'No risk is raised by an alarm now. They appear here by themselves.' },
  heap: { zh: '聚合数', en: 'so many here' },
  late: { zh: '逾期', en: 'Overdue' },
  major: { zh: '重大隐患', en: 'Major hazard' },
  ordinary: { zh: '一般隐患', en: 'Ordinary hazard' },
  now: { zh: '等级随告警实时升高', en: 'levels as alarms raise them now' },
} as const

const VIEWS = {
  risks: { zh: '风险一张图', en: 'Risks' },
  control: { zh: '防控一张图', en: 'Control' },
  hazards: { zh: '监管一张图', en: 'Oversight' },
  warned: { zh: '预测预警', en: 'Warnings' },
} as const
type ViewName = keyof typeof VIEWS
const VIEW_NAMES = Object.keys(VIEWS) as ViewName[]

type Address = Partial<Record<'view' | 'field' | 'level' | 'review' | 'stage' | 'late' | 'risk' | 'hazard', string>>

export default function RiskMapPage() {
  const { say } = useWords()
  useLiveRisks()
  const [address, setAddress] = useAddress<Address>()
  const view = VIEW_NAMES.find((name) => name === address.view) ?? 'risks'
  const field = FIELD_CODES.find((code) => code === address.field)
  const level = address.level ? Number(address.level) : undefined
  const review = view === 'control' && (address.review === 'overdue' || address.review === 'soon') ? address.review : undefined
  const ofHazards = view === 'hazards'
  const [seen, setSeen] = useState<View>()
  const box = useDeferredValue(seen)
  const late = address.late === 'true'
  const stage = address.stage as Stage | undefined

  const marks = useQuery({ ...riskMapQuery(box, { field, level, review }), enabled: box !== undefined && !ofHazards && view !== 'warned' })
  const warned = useQuery(warnedQuery({ field, level })).data?.items
  const hazardMarks = useQuery(hazardMapQuery(box, { field, stage: stage === 'cleared' || stage === 'dropped' ? undefined : stage, late: late || undefined }, ofHazards))
  const risk = keyOfText(address.risk)
  const hazard = keyOfText(address.hazard)
  const { movers, heaps } = useShown({ view, marks: marks.data?.items, warned, hazards: hazardMarks.data?.items, risk: ofHazards ? undefined : address.risk, hazard: ofHazards ? address.hazard : undefined })
  const pick = (id: string) => setAddress(ofHazards ? { hazard: id } : { risk: id })
  return (
    <div className="risk-map">
      <header className="risk-band">
        <h1>{say(words.title)}</h1>
        <div className="segments" role="group" aria-label={say(words.views)}>
          {VIEW_NAMES.map((name) => (
            <button key={name} type="button" aria-pressed={view === name} onClick={() => setAddress({ view: name, risk: undefined, hazard: undefined })}>
              {say(VIEWS[name])}
              {name === 'warned' && warned && warned.length > 0 && <b className="count">{sayCount(warned.length)}</b>}
            </button>
          ))}
        </div>
        <div className="segments" role="group" aria-label={say(words.fields)}>
          <button type="button" aria-pressed={!field} onClick={() => setAddress({ field: undefined })}>
            {say(words.all)}
          </button>
          {FIELD_CODES.map((code) => (
            <button key={code} type="button" aria-pressed={field === code} onClick={() => setAddress({ field: field === code ? undefined : code })}>
              {say(FIELDS[code])}
            </button>
          ))}
        </div>
        {view === 'control' && (
          <div className="segments" role="group" aria-label={say(words.reviews)}>
            {(['overdue', 'soon'] as const).map((each) => (
              <button key={each} type="button" aria-pressed={review === each} onClick={() => setAddress({ review: review === each ? undefined : each })}>
                {say(words[each])}
              </button>
            ))}
          </div>
        )}
      </header>
      <div className="risk-body">
        <section className="card risk-figures" aria-label={say(words.figures)}>
          {ofHazards ? (
            <HazardColumn field={field} stage={address.stage} late={late} choose={setAddress} />
          ) : (
            <RiskColumn field={field} level={level} setLevel={(next) => setAddress({ level: next === undefined ? undefined : String(next) })} />
          )}
        </section>
        <div className="card risk-ground">
          <CityMap label={say(words.map)} movers={movers} heaps={heaps} padding={{ left: 0, right: 0, bottom: 52 }} onMove={(edges, zoom) => setSeen({ box: edges, zoom })} onPick={pick} />
          <Legend hazards={ofHazards} />
        </div>
        <section className="card risk-side" aria-label={say(words.list)}>
          {(ofHazards ? hazard : risk) ? (
            <>
              <button type="button" className="plain-button back" onClick={() => setAddress({ risk: undefined, hazard: undefined })}>
                <Icon name="left" size={14} /> {say(words.back)}
              </button>
              <div className="risk-scroll">
                {ofHazards && hazard && <HazardPanel key={address.hazard} {...hazard} />}
                {!ofHazards && risk && <RiskPanel key={address.risk} {...risk} openHazard={(key) => setAddress({ view: 'hazards', hazard: keyText(key), risk: undefined })} />}
              </div>
            </>
          ) : view === 'warned' ? (
            <WarnedList items={warned} choose={pick} />
          ) : ofHazards ? (
            <HazardList field={field} stage={stage} late={late} choose={pick} />
          ) : (
            <RiskList filter={{ field, level, review }} control={view === 'control'} choose={pick} />
          )}
        </section>
      </div>
    </div>
  )
}

interface ShownInput {
  readonly view: ViewName
  readonly marks: readonly Mark[] | undefined
  readonly warned: readonly WarnedRisk[] | undefined
  readonly hazards: readonly HazardMark[] | undefined
  readonly risk: string | undefined
  readonly hazard: string | undefined
}

const point = (position: readonly [number, number], properties: Record<string, unknown>): GeoJSON.Feature => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [...position] }, properties })
const collect = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features })

/** What the map shows: each by itself, or gathered; what is chosen always by itself. */
function useShown({ view, marks, warned, hazards, risk, hazard }: ShownInput): { movers: GeoJSON.FeatureCollection; heaps: GeoJSON.FeatureCollection } {
  const oneRisk = keyOfText(risk)
  const oneHazard = keyOfText(hazard)
  const chosenRisk = useQuery({ ...riskQuery(oneRisk?.district ?? '', oneRisk?.code ?? ''), enabled: oneRisk !== undefined }).data?.risk
  const chosenHazard = useQuery({ ...hazardQuery(oneHazard?.district ?? '', oneHazard?.code ?? ''), enabled: oneHazard !== undefined }).data
  return useMemo(() => {
    const now = new Map((warned ?? []).map(({ risk: each }) => [keyText(each), each]))
    const tone = (level: number) => LEVEL_TONES[level]
    if (view === 'hazards') {
      const toneOf = ({ late, major }: { late: boolean; major: boolean }) => (late ? 'alarm' : major ? 'level-3' : 'level-0')
      const single = (hazards ?? []).filter(({ code }) => code !== null && `${code}` !== oneHazard?.code)
      const chosen = chosenHazard && oneHazard ? [point(chosenHazard.position, { id: keyText(chosenHazard), name: '', tone: toneOf({ late: chosenHazard.late, major: chosenHazard.grade === 2 }), bearing: 0, chosen: true })] : []
      return {
        movers: collect([...single.map((each) => point([each.lng, each.lat], { id: keyText({ district: each.district!, code: each.code! }), name: '', tone: toneOf(each), bearing: 0 })), ...chosen]),
        heaps: collect((hazards ?? []).filter(({ code }) => code === null).map((each) => point([each.lng, each.lat], { n: each.n, level: each.late ? 4 : each.major ? 3 : 0 }))),
      }
    }
    const chosen = chosenRisk && oneRisk ? [point(chosenRisk.position, { id: keyText(chosenRisk), name: chosenRisk.name, tone: tone(chosenRisk.levelNow), bearing: 0, chosen: true })] : []
    const isChosen = (key: string) => oneRisk !== undefined && key === risk
    if (view === 'warned') {
      const all = [...now].filter(([key]) => !isChosen(key))
      return { movers: collect([...all.map(([key, each]) => point(each.position, { id: key, name: each.name, tone: tone(each.levelNow), bearing: 0 })), ...chosen]), heaps: collect([]) }
    }
    const single = (marks ?? []).flatMap((each) => (each.code !== null && each.district !== null ? [{ ...each, key: keyText({ district: each.district, code: each.code }) }] : []))
    return {
      movers: collect([
        ...single.filter(({ key }) => !isChosen(key)).map((each) => point([each.lng, each.lat], { id: each.key, name: each.level === 4 ? each.name : '', tone: tone(now.get(each.key)?.levelNow ?? each.level), bearing: 0 })),
        ...chosen,
      ]),
      heaps: collect((marks ?? []).filter(({ code }) => code === null).map((each) => point([each.lng, each.lat], { n: each.n, level: each.level }))),
    }
  }, [view, marks, warned, hazards, risk, hazard, chosenRisk, chosenHazard])
}

function RiskColumn({ field, level, setLevel }: { field: Field | undefined; level: number | undefined; setLevel: (level: number | undefined) => void }) {
  const found = useQuery(riskFiguresQuery({ field, level }))
  if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  return found.data ? <RiskFiguresColumn figures={found.data} level={level} setLevel={setLevel} /> : <Loading lines={10} />
}

function HazardColumn({ field, stage, late, choose }: { field: Field | undefined; stage: string | undefined; late: boolean; choose: (change: Address) => void }) {
  const found = useQuery(hazardFiguresQuery({ field }))
  if (found.isError) return <ErrorState error={found.error} retry={() => void found.refetch()} />
  return found.data ? <HazardFiguresColumn figures={found.data} stage={stage} late={late} choose={choose} /> : <Loading lines={10} />
}

interface Listed {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => unknown
}

function Rows({ list, empty, none, children }: { list?: Listed; empty: boolean; none: string; children: React.ReactNode }) {
  const { say } = useWords()
  return (
    <div className="risk-scroll">
      {empty && <EmptyState why={none} />}
      <ol className="risk-rows">{children}</ol>
      {list?.hasNextPage && (
        <p className="risk-more">
          <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {say(words.more)}
          </Button>
        </p>
      )}
    </div>
  )
}

function RiskList({ filter, control, choose }: { filter: Parameters<typeof risksQuery>[0]; control: boolean; choose: (id: string) => void }) {
  const { say } = useWords()
  const list = useInfiniteQuery(risksQuery(filter))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  if (list.isPending) return <Loading lines={10} />
  return (
    <Rows list={list} empty={items.length === 0} none={say(words.noRisks)}>
      {items.map((each) => (
        <RiskRow key={keyText(each)} risk={each} control={control} chosen={false} choose={() => choose(keyText(each))} />
      ))}
    </Rows>
  )
}

function HazardList({ field, stage, late, choose }: { field: Field | undefined; stage: Stage | undefined; late: boolean; choose: (id: string) => void }) {
  const { say } = useWords()
  const list = useInfiniteQuery(hazardsQuery({ field, stage, ...(late && { late }), ...(!stage && !late && { open: true }) }))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />
  if (list.isPending) return <Loading lines={10} />
  return (
    <Rows list={list} empty={items.length === 0} none={say(words.noHazards)}>
      {items.map((each) => (
        <HazardRow key={keyText(each)} hazard={each} chosen={false} choose={() => choose(keyText(each))} />
      ))}
    </Rows>
  )
}

function WarnedList({ items, choose }: { items: readonly WarnedRisk[] | undefined; choose: (id: string) => void }) {
  const { say } = useWords()
  if (!items) return <Loading lines={10} />
  return (
    <Rows empty={items.length === 0} none={say(words.noWarned)}>
      {items.map((each) => (
        <WarnedRow key={keyText(each.risk)} warned={each} chosen={false} choose={() => choose(keyText(each.risk))} />
      ))}
    </Rows>
  )
}

function Legend({ hazards }: { hazards: boolean }) {
  const { say } = useWords()
  return (
    <div className="card risk-legend small">
      {hazards ? (
        <>
          <span>
            <i className="square">!</i> {say(words.late)}
          </span>
          <span>
            <LevelMark level={3} size={15} /> {say(words.major)}
          </span>
          <span>
            <i className="ring" /> {say(words.ordinary)}
          </span>
        </>
      ) : (
        <>
          {[4, 3, 2, 1].map((level) => (
            <span key={level}>
              <LevelMark level={level} size={15} /> {say(RISK_LEVELS[level - 1]!)}
            </span>
          ))}
          <span className="muted">{say(words.now)}</span>
        </>
      )}
      <span>
        <i className="heap">9</i> {say(words.heap)}
      </span>
    </div>
  )
}
