import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { postSignOut } from '../../../kernel/access/contract.ts'
import { ask, askHere, ErrorState, Refused, sayList, sayNear, To, useHere, useNow, useWords } from '../../../kernel/web/index.ts'
import { getCollectorMe, putDuty, putPosition, type CollectorMe } from '../contract.ts'
import { Frame, useTasks } from './frame.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { TaskLink } from './task-line.tsx'
import { T } from './texts.ts'

export const useCollectorMe = () =>
  useQuery({ queryKey: ['collector-me'], queryFn: ({ signal }) => ask(getCollectorMe, { signal }), refetchInterval: 60_000 })

/** Duty, what waits, and the next task. */
export function Home() {
  const { say } = useWords()
  const queries = useQueryClient()
  const me = useCollectorMe()
  const tasks = useTasks()
  const leave = useMutation({ mutationFn: () => ask(postSignOut, {}), onSettled: () => queries.resetQueries() })
  const items = tasks.data?.items ?? []
  return (
    <Frame
      title={me.data?.name ?? say(T.app)}
      right={
        <>
          <LanguageSwitch />
          <button type="button" className="text" onClick={() => leave.mutate()}>
            {say(T.signOut)}
          </button>
        </>
      }
    >
      {me.error && !me.data && <ErrorState error={me.error} retry={() => void me.refetch()} />}
      {me.data && <DutyPart me={me.data} />}
      <dl className="two-figures">
        <div>
          <dt>{say(T.waiting)}</dt>
          <dd>{tasks.data ? items.length : '—'}</dd>
        </div>
        <div>
          <dt>{say(T.done)}</dt>
          <dd>{me.data?.doneToday ?? '—'}</dd>
        </div>
      </dl>
      {items.length > 0 && (
        <>
          <h3>{say(T.next)}</h3>
          {items.slice(0, 2).map((task) => (
            <TaskLink key={task.id} task={task} />
          ))}
          {items.length > 2 && (
            <To className="link" href="/collector/tasks">
              {say(T.all)} {items.length}
            </To>
          )}
        </>
      )}
      {tasks.data && items.length === 0 && (
        <div className="state-note">
          <p>{say(T.noTask)}</p>
        </div>
      )}
      <div style={{ flex: 1 }} />
      <div className="thumb">
        <To className="button" href="/collector/report">
          {say(T.reportIt)}
        </To>
      </div>
    </Frame>
  )
}

function DutyPart({ me }: { me: CollectorMe }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const now = useNow()
  const { duty } = me
  const turn = useMutation({
    mutationFn: async () => {
      // Without a position one may still come on duty: the phone may not know where it is yet.
      const here = duty.onDuty ? undefined : await askHere().catch(() => undefined)
      return ask(putDuty, { body: { onDuty: !duty.onDuty, ...(here && { position: here.position }) } })
    },
    onSuccess: (changed) => queries.setQueryData(['collector-me'], { ...me, duty: changed }),
  })
  return (
    <section className="duty" data-on={duty.onDuty || undefined}>
      <p className="line" role="status">
        <i aria-hidden="true" />
        {say(duty.onDuty ? T.onDuty : T.offDuty)}
      </p>
      <dl>
        {duty.since && duty.onDuty && (
          <>
            <dt>{say(T.since)}</dt>
            <dd>{sayNear(duty.since, now).slice(0, -3)}</dd>
          </>
        )}
        <dt>{say(T.seen)}</dt>
        <dd>{duty.seenAt ? sayNear(duty.seenAt, now) : say(T.noPosition)}</dd>
        <dt>{say(T.beat)}</dt>
        <dd>{sayList(me.beats.map(({ name }) => name), language) || say(T.noBeat)}</dd>
      </dl>
      {turn.error && (
        <p role="alert" style={{ marginBottom: 10 }}>
          {turn.error instanceof Refused ? turn.error.message : String(turn.error)}
        </p>
      )}
      <button type="button" className="button" onClick={() => turn.mutate()} disabled={turn.isPending}>
        {say(duty.onDuty ? T.goOff : T.goOn)}
      </button>
    </section>
  )
}

/** Tells the centre where the collector is, once a minute and only on duty: off duty nobody is followed. */
export function Position() {
  const queries = useQueryClient()
  const onDuty = useCollectorMe().data?.duty.onDuty === true
  const here = useHere(onDuty)
  const newest = useRef(here)
  newest.current = here
  const known = here !== undefined
  useEffect(() => {
    if (!onDuty || !known) return
    const tell = () => {
      const { position, accuracy } = newest.current!
      void ask(putPosition, { body: { position, accuracy } }).then(
        (duty) => queries.setQueryData(['collector-me'], (me: CollectorMe | undefined) => me && { ...me, duty }),
        () => undefined,
      )
    }
    tell()
    const timer = setInterval(tell, 60_000)
    return () => clearInterval(timer)
  }, [onDuty, known])
  return null
}
