import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import { CityMap } from '../../atlas/web/index.ts'
import {
  ask,
  Countdown,
  EmptyState,
  ErrorState,
  groupNumber,
  Icon,
  Lamp,
  LAMPS,
  lampWords,
  Loading,
  sayCount,
  sayMoment,
  useAddress,
  useKeys,
  useWords,
  type Box,
  type LampColour,
} from '../../kernel/web/index.ts'
import { categoriesQuery } from '../../registry/web/index.ts'
import { getCaseMap } from '../contract.ts'
import { ActBar } from './act-bar.tsx'
import { ActForm } from './act-form.tsx'
import { ClockBand } from './clock-band.tsx'
import { usePlaceWords } from './place-words.ts'
import { flowQuery, useCase } from './queries.ts'
import { StateTag } from './state-tag.tsx'
import { useActs } from './use-acts.ts'
import type { CaseDetail } from '../contract.ts'
import './case-map.css'
import './case-parts.css'

const words = {
  title: { zh: '在办案件', en: 'Open cases' },
  mine: { zh: '只看待办', en: 'Only mine to act on' },
  all: { zh: '全部', en: 'All' },
  map: { zh: '在办案件地图；左侧列表是同样的案件', en: 'Map of open cases; the list beside it holds the same' },
  none: { zh: '视野内没有在办案件。', en: 'No open case in view.' },
  open: { zh: '打开案件', en: 'Open the case' },
  close: { zh: '关闭', en: 'Close' },
  group: { zh: '聚合件数', en: 'so many here' },
  base: { zh: '数据', en: 'Data' },
  tooMany: { zh: '只显示最紧急的 5,000 件，请放大地图', en: 'The most urgent 5,000 only; zoom in' },
}

const RANK: Record<LampColour, number> = { red: 0, yellow: 1, green: 2, grey: 3 }
const SHOWN = 100

type MapAddress = Partial<Record<'lamp' | 'state' | 'source' | 'category' | 'unit' | 'case' | 'todo', string>>

export default function CaseMapPage() {
  const { say, language } = useWords()
  const [{ case: chosen, todo, ...filter }, setAddress] = useAddress<MapAddress>()
  const [box, setBox] = useState<Box>()
  const asked = useDeferredValue(box)
  const found = useQuery({
    queryKey: ['cases', 'map', asked, filter, todo],
    queryFn: ({ signal }) =>
      ask(getCaseMap, { query: { box: asked!.map((edge) => edge.toFixed(5)).join(','), ...filter, ...(todo && { todo: true }) }, signal }),
    enabled: Boolean(asked),
    placeholderData: (old) => old,
  })
  const points = useMemo(
    () => ({
      type: 'FeatureCollection' as const,
      features: (found.data?.features ?? []).map(({ geometry, properties }) => ({
        type: 'Feature' as const,
        geometry: { type: 'Point' as const, coordinates: [...geometry.coordinates] },
        properties: { id: properties.number, lamp: properties.lamp },
      })),
    }),
    [found.data],
  )
  const list = useMemo(
    () =>
      (found.data?.features ?? []).toSorted(
        (a, b) => RANK[a.properties.lamp] - RANK[b.properties.lamp] || (a.properties.dueAt ?? '9').localeCompare(b.properties.dueAt ?? '9'),
      ),
    [found.data],
  )
  const counts = LAMPS.map((lamp) => [lamp, list.filter(({ properties }) => properties.lamp === lamp).length] as const)
  const one = useCase(chosen)
  const at = list.findIndex(({ properties }) => properties.number === chosen)
  const move = (by: number) => {
    const next = list[Math.max(0, Math.min(list.length - 1, at + by))]
    if (next) setAddress({ case: next.properties.number })
  }
  useKeys({ j: () => move(1), k: () => move(-1) })
  const position = one.data?.brief.position ?? list[at]?.geometry.coordinates
  const padding = { left: 312, right: chosen ? 340 : 0, bottom: 48 }

  return (
    <div className="case-map">
      <CityMap
        label={say(words.map)}
        points={points}
        pin={position && chosen ? { position, lamp: one.data?.brief.lamp ?? list[at]?.properties.lamp ?? 'green' } : undefined}
        padding={padding}
        onMove={setBox}
        onPick={(number) => setAddress({ case: number })}
      />
      <section className="card float-left" aria-label={say(words.title)}>
        <header>
          <h1>
            {say(words.title)} {sayCount(list.length)}
          </h1>
          <label className="small">
            <input
              type="checkbox"
              checked={Boolean(todo)}
              onChange={(event) => setAddress({ todo: event.target.checked ? 'true' : undefined })}
            />{' '}
            {say(words.mine)}
          </label>
        </header>
        <div className="segments">
          <button type="button" aria-pressed={!filter.lamp} onClick={() => setAddress({ lamp: undefined })}>
            {say(words.all)}
          </button>
          {counts.map(([lamp, n]) => (
            <button
              key={lamp}
              type="button"
              aria-pressed={filter.lamp === lamp}
              aria-label={`${say(lampWords[lamp])} ${n}`}
              onClick={() => setAddress({ lamp: filter.lamp === lamp ? undefined : lamp })}
            >
              <Lamp colour={lamp} size={13} label={false} /> {sayCount(n)}
            </button>
          ))}
        </div>
        <ol>
          {list.slice(0, SHOWN).map(({ properties }) => (
            <MapRow
              key={properties.number}
              item={properties}
              on={properties.number === chosen}
              pick={() => setAddress({ case: properties.number })}
            />
          ))}
        </ol>
        {found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && list.length === 0 && <EmptyState why={say(words.none)} />}
        {list.length > SHOWN && (
          <p className="muted small more-note">
            {language === 'zh' ? `列出最紧急的 ${SHOWN} 件；放大地图看其余` : `The most urgent ${SHOWN}; zoom in for the others`}
          </p>
        )}
      </section>
      {chosen && (
        <section className="card float-right" aria-label={say({ zh: '选中的案件', en: 'The chosen case' })}>
          {one.isError && !one.data ? (
            <ErrorState error={one.error} retry={() => void one.refetch()} />
          ) : one.data ? (
            <Chosen key={chosen} detail={one.data} close={() => setAddress({ case: undefined })} />
          ) : (
            <Loading />
          )}
        </section>
      )}
      <div className="card legend small">
        {LAMPS.map((lamp) => (
          <span key={lamp}>
            <Lamp colour={lamp} size={14} label={false} /> {say(lampWords[lamp])}
          </span>
        ))}
        <span>
          <i className="ring">9</i> {say(words.group)}
        </span>
        <span className="muted">
          {found.data?.truncated ? `${say(words.tooMany)} · ` : ''}
          {say(words.base)} {found.dataUpdatedAt > 0 ? sayMoment(found.dataUpdatedAt).slice(11) : '—'}
        </span>
      </div>
    </div>
  )
}

interface Row {
  number: string
  lamp: LampColour
  state: string
  category: string
  dueAt: string | null
}

function MapRow({ item, on, pick }: { item: Row; on: boolean; pick: () => void }) {
  const { say } = useWords()
  const flow = useQuery(flowQuery).data
  const category = useQuery(categoriesQuery(item.category.split('.')[0])).data?.items.find(({ id }) => id === item.category)
  const state = flow?.states[item.state]?.words
  return (
    <li {...(on && { className: 'chosen' })}>
      <button type="button" onClick={pick} aria-pressed={on}>
        <Lamp colour={item.lamp} />
        <span>
          <b>{category ? say(category.name) : '…'}</b>
          <small>
            {state ? say(state) : ''} · {groupNumber(item.number).slice(7)}
          </small>
        </span>
        <Countdown deadline={{ lamp: item.lamp, dueAt: item.dueAt }} bar={false} />
      </button>
    </li>
  )
}

function Chosen({ detail, close }: { detail: CaseDetail; close: () => void }) {
  const { say } = useWords()
  const { brief } = detail
  const acts = useActs(detail, { eager: true })
  const where = usePlaceWords()(brief)
  return (
    <>
      <div className="float-body">
        <div className="tags">
          <StateTag item={brief} />
          <span className="tag">
            {brief.category.code} {say(brief.category.words)}
          </span>
          <button type="button" className="copy push" aria-label={say(words.close)} onClick={close}>
            <Icon name="close" size={14} />
          </button>
        </div>
        <h2>{brief.description}</h2>
        <p className="muted small">
          {where.within} {where.address}
        </p>
        <p className="small">
          <Link to={`/cases/${brief.number}` as never}>{say(words.open)} ↵</Link>
        </p>
        <ClockBand brief={brief} />
        <ActForm acts={acts} brief={brief} />
      </div>
      <ActBar acts={acts} brief={brief} />
    </>
  )
}
