import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Input, Radio } from 'antd'
import { useState } from 'react'
import { ErrorState, Icon, Loading, tell, useAct, useMay, useWords } from '../../kernel/web/index.ts'
import { postResponses, PROFILE_CODES, PROFILES, type CaseBrief, type ProfileCode } from '../contract.ts'
import { sayMetres } from './act-form.tsx'
import { ResponseCard } from './response-card.tsx'
import { caseResponsesQuery, respondersQuery, useLiveResponses } from './response-queries.ts'

const words = {
  title: { zh: '应急响应', en: 'Emergency response' },
  start: { zh: '发起应急响应', en: 'Start an emergency response' },
  more: { zh: '增派', en: 'Send more' },
  profile: { zh: '时限', en: 'Clock' },
  who: { zh: '派谁', en: 'Whom' },
  note: { zh: '要求（可不填）', en: 'What to do (optional)' },
  send: { zh: '派出', en: 'Send' },
  sent: { zh: '已派出', en: 'Sent' },
  cancel: { zh: '取消', en: 'Cancel' },
  nobody: { zh: '附近没有可派的人：无人在岗，处置单位也没有可接任务的人员。', en: 'Nobody can be sent: nobody is on duty, and the unit has nobody who takes orders.' },
  running: { zh: '已在响应', en: 'is responding' },
  noPosition: { zh: '位置未知', en: 'position unknown' },
  ofUnit: { zh: '处置单位人员', en: 'of the unit' },
}

/** Emergency responses to a case: the running clocks, and for a dispatcher the way to send somebody. */
export function ResponsePanel({ brief, sending, setSending }: { brief: CaseBrief; sending: boolean; setSending: (sending: boolean) => void }) {
  const { say } = useWords()
  useLiveResponses()
  const { items, maySend } = useResponses(brief)
  if (items.length === 0 && !sending) return null
  return (
    <section className="card pad responses" aria-label={say(words.title)}>
      <h2 className="with-aside">
        {say(words.title)}
        {maySend && !sending && (
          <Button size="small" onClick={() => setSending(true)}>
            {say(words.more)}
          </Button>
        )}
      </h2>
      {sending && <SendForm number={brief.number} close={() => setSending(false)} />}
      {items.map((response) => (
        <ResponseCard key={response.id} response={response} />
      ))}
    </section>
  )
}

/** The way to the first response to a case. */
export function ResponseStart({ brief, start }: { brief: CaseBrief; start: () => void }) {
  const { say } = useWords()
  const { items, maySend } = useResponses(brief)
  if (items.length > 0 || !maySend) return null
  return (
    <Button size="small" icon={<Icon name="bell" size={14} />} onClick={start}>
      {say(words.start)}
    </Button>
  )
}

function useResponses(brief: CaseBrief) {
  const may = useMay()
  const items = useQuery(caseResponsesQuery(brief.number)).data?.items ?? []
  return { items, maySend: may('case.dispatch') && !brief.endedAt && brief.position !== null }
}

function SendForm({ number, close }: { number: string; close: () => void }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const who = useQuery(respondersQuery(number))
  const [profile, setProfile] = useState<ProfileCode>('135')
  const [chosen, setChosen] = useState<string[]>()
  const [note, setNote] = useState('')
  const send = useAct(postResponses, {
    done: ({ items }) => {
      tell(`${say(words.sent)}: ${items.map(({ responder }) => responder.name).join(language === 'zh' ? '、' : ', ')}`)
      void queries.invalidateQueries({ queryKey: ['responses'] })
      close()
    },
  })
  if (who.isError) return <ErrorState error={who.error} retry={() => void who.refetch()} />
  if (!who.data) return <Loading lines={3} />
  const free = who.data.items.filter(({ running }) => !running)
  // The nearest stands ready.
  const responders = chosen ?? free.slice(0, 1).map(({ id }) => id)
  return (
    <div className="send-form">
      <div>
        <h3>{say(words.profile)}</h3>
        <Radio.Group value={profile} onChange={(event) => setProfile(event.target.value as ProfileCode)}>
          {PROFILE_CODES.map((code) => (
            <Radio key={code} value={code}>
              <b>{say(PROFILES[code].words)}</b>
              <span className="muted small">{say(PROFILES[code].who)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </div>
      <div>
        <h3>{say(words.who)}</h3>
        {who.data.items.length === 0 && <p className="muted">{say(words.nobody)}</p>}
        <Checkbox.Group value={[...responders]} onChange={(ids) => setChosen(ids as string[])}>
          {who.data.items.map(({ id, name, metres, onDuty, running }) => (
            <Checkbox key={id} value={id} disabled={running}>
              {name}
              <span className="muted small">
                {running ? say(words.running) : metres !== null ? sayMetres(metres, language) : say(onDuty ? words.noPosition : words.ofUnit)}
              </span>
            </Checkbox>
          ))}
        </Checkbox.Group>
      </div>
      <Input value={note} onChange={(event) => setNote(event.target.value)} placeholder={say(words.note)} aria-label={say(words.note)} maxLength={500} />
      <p className="send-acts">
        <Button
          type="primary"
          disabled={responders.length === 0}
          loading={send.isPending}
          onClick={() => send.mutate({ params: { number }, body: { profile, responders: [...responders], ...(note.trim() && { note: note.trim() }) } })}
        >
          {say(words.send)}
        </Button>
        <Button onClick={close}>{say(words.cancel)}</Button>
      </p>
    </div>
  )
}
