import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { ask, Icon, makeKey, sayNear, tellFailure, useHere, useLive, useMay, useNow, useWords } from '../../kernel/web/index.ts'
import type { Mark } from '../../cases/contract.ts'
import { FLOOD_ROLES, postAssignmentMark, putAssignmentReceipt, putStaffPosition, type AssignmentShown } from '../contract.ts'
import { AssignmentMarks } from './flood-command-marks.tsx'
import { myAssignmentsQuery } from './flood-command-queries.ts'
import { came, sayFar } from './flood-command-words.ts'
import './flood-command.css'

const words = {
  call: { zh: '防汛叫应', en: 'You are called up' },
  order: { zh: '防汛指令', en: 'Order' },
  answer: { zh: '收到，马上到', en: 'On my way' },
  arrive: { zh: '手工签到', en: 'Sign in by hand' },
  finish: { zh: '指令办结', en: 'Done' },
  way: { zh: '导航', en: 'Way' },
  away: { zh: '距点位', en: 'away' },
  there: { zh: '已签到，请在岗等候指令', en: 'Signed in: stay and wait for orders' },
  measured: { zh: '收到与到场由本机实测：走到点位 {n} 米内自动签到。', en: 'This device measures receipt and arrival: within {n} m of the point it signs you in.' },
  noPlace: { zh: '本机没有定位：到场只能手工签到，并会标明。', en: 'This device has no position: sign in by hand, and it is marked so.' },
}

/** Seconds count: more often than a position on duty. */
const TELL_MS = 5000

/** My call-ups and orders. The receipt leaves as soon as one is on this device, without anybody's tap. */
export function useMyFlood() {
  const may = useMay()('case.respond')
  const queries = useQueryClient()
  const mine = useQuery({ ...myAssignmentsQuery, enabled: may })
  const fetchAnew = () => void queries.invalidateQueries({ queryKey: ['flood-mine'] })
  useLive(['monitoring.flood-commanded'], fetchAnew)
  const sent = useRef(new Set<string>())
  const items = mine.data?.items ?? []
  useEffect(() => {
    for (const each of items) {
      const { id, district } = each
      if (sent.current.has(id) || came(each, 'received')) continue
      sent.current.add(id)
      // What did not get through is sent again with the next look.
      ask(putAssignmentReceipt, { params: { id, district } }).then(fetchAnew, () => sent.current.delete(id))
    }
  }, [mine.data])
  return { ...mine, items }
}

/** Tells where this device is while something runs. */
function useTellPlace(running: boolean, told: () => void): boolean {
  const here = useHere(running)
  const newest = useRef(here)
  newest.current = here
  const known = here !== undefined
  useEffect(() => {
    if (!running || !known) return
    const tell = () => {
      const { position, accuracy } = newest.current!
      ask(putStaffPosition, { body: { position, accuracy } }).then(told, () => undefined)
    }
    tell()
    const timer = setInterval(tell, TELL_MS)
    return () => clearInterval(timer)
  }, [running, known])
  return known
}

/** What runs for me, each with its big buttons; nothing where nothing does. */
export function MyFlood() {
  const queries = useQueryClient()
  const { items } = useMyFlood()
  const located = useTellPlace(items.length > 0, () => void queries.invalidateQueries({ queryKey: ['flood-mine'] }))
  if (items.length === 0) return null
  return (
    <div className="fd-list">
      {items.map((each) => (
        <Card key={each.id} assignment={each} located={located} />
      ))}
    </div>
  )
}

function Card({ assignment, located }: { assignment: AssignmentShown; located: boolean }) {
  const { say, language } = useWords()
  const now = useNow()
  const queries = useQueryClient()
  const { kind, point, person, truck } = assignment
  const there = came(assignment, 'arrived')
  const key = useRef<Partial<Record<Mark, string>>>({})
  const click = (mark: Mark) => {
    key.current[mark] ??= makeKey()
    ask(postAssignmentMark, { params: { id: assignment.id, district: assignment.district }, body: { mark }, key: key.current[mark] }).then(
      () => void queries.invalidateQueries({ queryKey: ['flood-mine'] }),
      (error: unknown) => {
        delete key.current[mark]
        tellFailure(error)
      },
    )
  }
  const [lng, lat] = point.position
  return (
    <section className="fd-card" aria-label={`${say(words[kind])} ${point.name}`} data-there={there || undefined}>
      <header>
        <Icon name="bell" size={20} />
        <b>{say(words[kind])}</b>
        {person?.role && kind === 'call' && <span>{say(FLOOD_ROLES[person.role])}</span>}
        {truck && <span>{truck.name}</span>}
        <time>
          {assignment.orderedBy} {sayNear(assignment.orderedAt, now)}
        </time>
      </header>
      <h2>{point.name}</h2>
      {assignment.words && <p className="fd-words">{assignment.words}</p>}
      <AssignmentMarks assignment={assignment} />
      {assignment.seen && (
        <p className="fd-how">{language === 'zh' ? `${words.away.zh} ${sayFar(assignment.seen.metres, language)}` : `${sayFar(assignment.seen.metres, language)} ${words.away.en}`}</p>
      )}
      {there && kind === 'call' && <p role="status">{say(words.there)}</p>}
      <div className="fd-acts">
        {kind === 'call' && !came(assignment, 'accepted') && !there && (
          <button type="button" className="main" onClick={() => click('accepted')}>
            {say(words.answer)}
          </button>
        )}
        {kind === 'order' && there && (
          <button type="button" className="main" onClick={() => click('finished')}>
            {say(words.finish)}
          </button>
        )}
        <a href={`geo:${lat},${lng}?q=${lat},${lng}(${encodeURIComponent(point.name)})`}>{say(words.way)}</a>
        {!there && (
          <button type="button" onClick={() => click('arrived')}>
            {say(words.arrive)}
          </button>
        )}
      </div>
      {!there && <p className="fd-how">{say(located ? words.measured : words.noPlace).replace('{n}', String(assignment.geofenceMetres))}</p>}
    </section>
  )
}
