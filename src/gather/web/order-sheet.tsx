import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { postAct, type CaseBrief } from '../../cases/contract.ts'
import { serverNow, startOfDay, tell, useAct, useWords, wallTime } from '../../kernel/web/index.ts'
import { useDictionary } from '../../registry/web/index.ts'

const words = {
  title: { zh: '督办', en: 'Supervision order' },
  send: { zh: '发出督办', en: 'Send the order' },
  cancel: { zh: '取消', en: 'Cancel' },
  say: { zh: '督办要求', en: 'What is asked' },
  by: { zh: '回复期限', en: 'Reply until' },
  origin: { zh: '督办来源', en: 'Who asks' },
  told: { zh: '督办已发出', en: 'The order is sent' },
  todayEvening: { zh: '今天 18:00', en: 'Today 18:00' },
  hours: { zh: '4 小时', en: '4 hours' },
  day: { zh: '1 天', en: '1 day' },
  days: { zh: '3 天', en: '3 days' },
}

const PRESETS = [
  { zh: '请立即到场处置，办结后回复。', en: 'Go there at once, put it right and reply.' },
  { zh: '已超时，请说明原因并给出办结时间。', en: 'It is overdue: say why, and when it will be done.' },
  { zh: '群众反映集中，请单位负责人亲自督促。', en: 'Many have complained: see to it yourself.' },
] as const

const HOUR = 3_600_000

/** 督办 in two taps: the words, the deadline and the origin stand ready, and may be changed. */
export function OrderSheet({ item, close, done }: { item: CaseBrief; close: () => void; done: () => void }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const origins = useDictionary('order-origin')
  const [now] = useState(serverNow)
  const evening = Date.parse(startOfDay(wallTime(now).day)) + 18 * HOUR
  const spans = [
    ...(evening > now + HOUR ? [{ words: words.todayEvening, at: evening }] : [{ words: words.hours, at: now + 4 * HOUR }]),
    { words: words.day, at: now + 24 * HOUR },
    { words: words.days, at: now + 72 * HOUR },
  ]
  const [note, setNote] = useState<string>(say(PRESETS[0]))
  const [until, setUntil] = useState(spans[0]!.at)
  const [reason, setReason] = useState('leader')
  const send = useAct(postAct, {
    done: () => {
      tell(say(words.told))
      void queries.invalidateQueries({ queryKey: ['cases'] })
      close()
      done()
    },
  })
  const order = () =>
    send.mutate({
      params: { number: item.number },
      body: { procedure: 'supervise', act: 'open', reason, until: new Date(until).toISOString(), note: note.trim() },
    })
  return (
    <div className="sheet-ground">
      <button type="button" className="sheet-away" tabIndex={-1} aria-hidden="true" onClick={close} />
      <div className="order-sheet" role="dialog" aria-modal="true" aria-label={say(words.title)}>
        <h2>{item.description}</h2>
        <div className="chips" role="group" aria-label={say(words.say)}>
          {PRESETS.map((preset) => (
            <button key={preset.zh} type="button" aria-pressed={note === say(preset)} onClick={() => setNote(say(preset))}>
              {say(preset)}
            </button>
          ))}
        </div>
        <textarea value={note} onChange={(event) => setNote(event.target.value)} rows={2} maxLength={1000} aria-label={say(words.say)} />
        <h3>{say(words.by)}</h3>
        <div className="chips short" role="group" aria-label={say(words.by)}>
          {spans.map((span) => (
            <button key={span.words.zh} type="button" aria-pressed={until === span.at} onClick={() => setUntil(span.at)}>
              {say(span.words)}
            </button>
          ))}
        </div>
        <h3>{say(words.origin)}</h3>
        <div className="chips short" role="group" aria-label={say(words.origin)}>
          {origins.options.map(({ value, label }) => (
            <button key={value} type="button" aria-pressed={reason === value} onClick={() => setReason(value)}>
              {label}
            </button>
          ))}
        </div>
        <div className="pair-buttons">
          <button type="button" className="button second" onClick={close}>
            {say(words.cancel)}
          </button>
          <button type="button" className="button" disabled={send.isPending || note.trim() === ''} onClick={order}>
            {say(words.send)}
          </button>
        </div>
      </div>
    </div>
  )
}
