import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { Icon, sayDuration, sayRate, useAct, useMay, useNow, useWords } from '../../../kernel/web/index.ts'
import { IN_TIME_MS, postCallPhone, putCallNumber, RESULT_WORDS, type Call, type Figures } from '../contract.ts'
import { callerQuery } from './queries.ts'
import { words } from './words.ts'

interface DeskData {
  ringing: Call[]
  mine: Call[]
  today: Figures
}

interface Props {
  call: Call | undefined
  desk: UseQueryResult<DeskData>
  answer: (id: string) => void
  update: (call: Call) => void
}

/** Who is on the line and for how long; what else rings; how the day goes. */
export function CallBar({ call, desk, answer, update }: Props) {
  const { say } = useWords()
  return (
    <header className="call-bar">
      <h1 className={call ? 'off-screen' : ''}>{say(words.title)}</h1>
      {call && <OnTheLine call={call} update={update} />}
      <div className="ringing" aria-live="polite">
        {desk.data?.ringing.map((each) => (
          <Ringing key={each.id} call={each} answer={() => answer(each.id)} free={!call} />
        ))}
      </div>
      {desk.data && <Today figures={desk.data.today} />}
    </header>
  )
}

function OnTheLine({ call, update }: { call: Call; update: (call: Call) => void }) {
  const { say, language } = useWords()
  const now = useNow()
  const may = useMay()
  const caller = useQuery(callerQuery(call.id, call.masked)).data
  const [shown, setShown] = useState<{ id: string; phone: string }>()
  const [asking, setAsking] = useState(false)
  const show = useAct(postCallPhone, { done: ({ phone }) => setShown({ id: call.id, phone: phone ?? '' }) })
  const setNumber = useAct(putCallNumber, {
    done: (after) => {
      setAsking(false)
      update(after)
    },
  })
  const talk = Math.max(0, (call.endedAt ? Date.parse(call.endedAt) : now) - Date.parse(call.answeredAt ?? call.rangAt))
  return (
    <div className="on-the-line">
      <Icon name="phone" size={18} />
      <b className="number">{shown?.id === call.id && shown.phone ? shown.phone : (call.masked ?? say(words.withheld))}</b>
      {call.masked && shown?.id !== call.id && may('case.reporter') && (
        <button type="button" className="link" onClick={() => show.mutate({ params: { id: call.id } })}>
          {say(words.showNumber)}
        </button>
      )}
      {!asking && !call.masked && (
        <button type="button" className="link" onClick={() => setAsking(true)}>
          {say(words.setNumber)}
        </button>
      )}
      {asking && (
        <Input
          size="small"
          style={{ width: 150 }}
          autoFocus
          inputMode="tel"
          maxLength={30}
          aria-label={say(words.number)}
          onPressEnter={(event) => setNumber.mutate({ params: { id: call.id }, body: { number: event.currentTarget.value } })}
        />
      )}
      <time className="talk">
        {say(words.talking)} {sayDuration(talk, language)}
      </time>
      {caller && (
        <span className="muted small">
          {caller.calls > 0 ? `${say(words.before)} ${caller.calls}` : say(words.noHistory)}
          {caller.nuisances > 0 && <span className="tag red"> {`${say(words.nuisance)} ${caller.nuisances}`}</span>}
        </span>
      )}
    </div>
  )
}

/** The clock of 15 seconds runs down as it rings. */
function Ringing({ call, answer, free }: { call: Call; answer: () => void; free: boolean }) {
  const { say, language } = useWords()
  const waited = Math.max(0, useNow() - Date.parse(call.rangAt))
  const late = waited > IN_TIME_MS
  return (
    <div className="ring" data-late={late || undefined}>
      <b className="number">{call.masked ?? say(words.withheld)}</b>
      <span>
        {say(words.ringing)} {sayDuration(waited, language)}
      </span>
      <u aria-hidden="true">
        <i style={{ width: `${Math.min(100, (waited / IN_TIME_MS) * 100)}%` }} />
      </u>
      <Button type={free ? 'primary' : 'default'} size="small" disabled={!free} onClick={answer}>
        {say(words.answer)} <kbd>F2</kbd>
      </Button>
    </div>
  )
}

function Today({ figures }: { figures: Figures }) {
  const { say, language } = useWords()
  const { rang, answered, inTime, results } = figures
  const part = (name: string, n: number, whole: number) => `${name} ${sayRate(n, whole, 1)}${whole > 0 ? `% (${n}/${whole})` : ''}`
  return (
    <p className="today small muted">
      {say(words.today)} {part(say(words.connected), answered, rang)}
      {language === 'zh' ? '，' : ', '}
      {part(say(words.inTime), inTime, answered)}
      {(['case', 'joined', 'answered'] as const).map((result) => (
        <span key={result}>
          {say(RESULT_WORDS[result])} {results[result]}
        </span>
      ))}
    </p>
  )
}
