import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { postAct, type OpenStep, type ProceedingListed } from '../../cases/contract.ts'
import { Countdown, sayNear, tell, useAct, useNow, useWords } from '../../kernel/web/index.ts'

const words = {
  mine: { zh: '我的督办', en: 'Mine' },
  waits: { zh: '等待回复', en: 'Awaits a reply' },
  note: { zh: '说明', en: 'A note' },
  send: { zh: '确定', en: 'Send' },
  cancel: { zh: '取消', en: 'Cancel' },
}

/** One order: what was asked, of whom, until when; once it is answered, 继续督办 or 销号. */
export function OrderCard({ order, mine }: { order: ProceedingListed; mine: boolean }) {
  const { say } = useWords()
  const now = useNow()
  const queries = useQueryClient()
  const [act, setAct] = useState<OpenStep>()
  const [note, setNote] = useState('')
  const send = useAct(postAct, {
    done: (_, { body }) => {
      tell(say(order.acts.find((each) => each.act === body.act)?.words ?? words.send))
      setAct(undefined)
      setNote('')
      void queries.invalidateQueries({ queryKey: ['cases'] })
    },
  })
  const take = (each: OpenStep) =>
    send.mutate({
      params: { number: order.number },
      body: { procedure: 'supervise', act: each.act!, proceeding: order.id, ...(note.trim() && { note: note.trim() }) },
    })
  const choose = (each: OpenStep) => (each.needs.includes('note') ? setAct(each) : take(each))
  return (
    <li>
      <p className="order-head">
        <span className={`tag ${order.acts.length > 0 && order.state === 'replied' ? 'orange' : 'brand'}`}>{say(order.stateWords)}</span>
        {order.reason && <span className="tag">{say(order.reason.words)}</span>}
        {mine && <span className="tag">{say(words.mine)}</span>}
        <Countdown deadline={{ lamp: order.late ? 'red' : 'green', from: order.openedAt, dueAt: order.dueAt }} bar={false} />
      </p>
      <Link to={`/cases/${order.number}` as never}>
        <b>{order.case.description}</b>
      </Link>
      <p className="muted">
        {order.case.unit && say(order.case.unit.name)} · {sayNear(order.openedAt, now)}
      </p>
      {order.note && <p>“{order.note}”</p>}
      {act ? (
        <div className="order-note">
          <textarea value={note} onChange={(event) => setNote(event.target.value)} rows={2} maxLength={1000} aria-label={say(words.note)} placeholder={say(words.note)} />
          <div className="pair-buttons">
            <button type="button" className="button second" onClick={() => setAct(undefined)}>
              {say(words.cancel)}
            </button>
            <button type="button" className="button" disabled={note.trim() === '' || send.isPending} onClick={() => take(act)}>
              {say(act.words)}
            </button>
          </div>
        </div>
      ) : (
        order.acts.length > 0 && (
          <div className="pair-buttons">
            {order.acts.map((each) => (
              <button key={each.step} type="button" className={`button second ${each.primary ? 'brand' : ''}`} disabled={send.isPending} onClick={() => choose(each)}>
                {say(each.words)}
              </button>
            ))}
          </div>
        )
      )}
    </li>
  )
}
