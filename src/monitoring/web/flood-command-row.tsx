import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { sayNear, tell, useAct, useMay, useNow, useWords } from '../../kernel/web/index.ts'
import type { Mark } from '../../cases/contract.ts'
import { postCancelAssignment, postTold, type AssignmentShown } from '../contract.ts'
import { AssignmentMarks } from './flood-command-marks.tsx'
import { came, isLate, PROFILE_NAMES, sayFar, whoOf } from './flood-command-words.ts'

const words = {
  overdue: { zh: '超时', en: 'overdue' },
  away: { zh: '距点位', en: 'away' },
  expected: { zh: '预计到场', en: 'expected' },
  silent: { zh: '设备尚未回执', en: 'no receipt yet' },
  cancel: { zh: '撤销指令', en: 'Cancel the order' },
  reason: { zh: '撤销原因', en: 'Why it is cancelled' },
  cancelled: { zh: '指令已撤销', en: 'The order is cancelled' },
  keep: { zh: '不撤销', en: 'Keep it' },
  told: { zh: '电话得知', en: 'Told by phone' },
}

/** An order with its clocks, and what the desk may do with it. */
export function AssignmentRow({ assignment }: { assignment: AssignmentShown }) {
  const { say, language } = useWords()
  const now = useNow()
  const may = useMay()('monitoring.command')
  const queries = useQueryClient()
  const [reason, setReason] = useState<string>()
  const fresh = () => void queries.invalidateQueries({ queryKey: ['flood-command'] })
  const params = { district: assignment.district, id: assignment.id }
  const told = useAct(postTold, { done: fresh })
  const cancel = useAct(postCancelAssignment, {
    done: () => {
      tell(say(words.cancelled))
      fresh()
    },
  })
  const next = (['received', 'left', 'arrived', 'finished'] as const satisfies readonly Mark[]).find((mark) => !came(assignment, mark))
  return (
    <article className="fc-order" data-late={isLate(assignment, now) || undefined}>
      <header>
        <b>{whoOf(assignment)}</b>
        {assignment.profile && <span className="tag brand">{say(PROFILE_NAMES[assignment.profile]!)}</span>}
        {isLate(assignment, now) && <span className="tag red">{say(words.overdue)}</span>}
        <span>{assignment.words}</span>
        <span className="muted small right">
          {assignment.orderedBy} {sayNear(assignment.orderedAt, now)}
        </span>
      </header>
      <AssignmentMarks assignment={assignment} />
      <footer className="small">
        {!came(assignment, 'received') && <span className="tag orange">{say(words.silent)}</span>}
        {assignment.seen && (
          <span>
            {language === 'zh' ? `${words.away.zh} ${sayFar(assignment.seen.metres, language)}` : `${sayFar(assignment.seen.metres, language)} ${words.away.en}`}{' '}
            <span className="muted">{sayNear(assignment.seen.at, now)}</span>
          </span>
        )}
        {assignment.expectedAt && (
          <span>
            {say(words.expected)} {sayNear(assignment.expectedAt, now)}
          </span>
        )}
        {may && reason === undefined && (
          <span className="right">
            {next && (
              <Button size="small" loading={told.isPending} onClick={() => told.mutate({ params, body: { mark: next } })}>
                {say(words.told)}
                {language === 'zh' ? '：' : ': '}
                {say(assignment.marks.find(({ mark }) => mark === next)!.words)}
              </Button>
            )}
            <Button size="small" onClick={() => setReason('')}>
              {say(words.cancel)}
            </Button>
          </span>
        )}
      </footer>
      {reason !== undefined && (
        <form
          className="fc-line"
          onSubmit={(event) => {
            event.preventDefault()
            cancel.mutate({ params, body: { reason: reason.trim() } })
          }}
        >
          <Input autoFocus size="small" maxLength={300} value={reason} placeholder={say(words.reason)} aria-label={say(words.reason)} onChange={(event) => setReason(event.target.value)} />
          <Button size="small" danger htmlType="submit" loading={cancel.isPending} disabled={reason.trim() === ''}>
            {say(words.cancel)}
          </Button>
          <Button size="small" onClick={() => setReason(undefined)}>
            {say(words.keep)}
          </Button>
        </form>
      )}
    </article>
  )
}
