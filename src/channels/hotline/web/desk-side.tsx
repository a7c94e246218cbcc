import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { groupNumber, Lamp, sayNear, tell, useAct, useNow, useWords } from '../../../kernel/web/index.ts'
import { postUseless, RESULT_WORDS, type Call } from '../contract.ts'
import type { Draft } from './draft.ts'
import { PickList } from './pick-list.tsx'
import { alikeQuery, answersQuery, callerQuery } from './queries.ts'
import { words } from './words.ts'

interface Props {
  call: Call
  draft: Draft
  region: string | undefined
  reply: (what: { article?: string; note?: string }) => void
  join: (number: string) => void
}

/** Beside what is written: answers that end the call, cases that may be the same, and what the number brought before. */
export function DeskSide({ call, draft, region, reply, join }: Props) {
  const text = useDeferredValue(draft.description.trim())
  return (
    <aside className="desk-side">
      <Answers text={text} region={region} category={draft.category} reply={reply} />
      <AlikeCases draft={draft} text={text} join={join} />
      <History call={call} />
    </aside>
  )
}

function Answers({ text, region, category, reply }: { text: string; region: string | undefined; category: string | undefined; reply: Props['reply'] }) {
  const { say } = useWords()
  const found = useQuery(answersQuery(text, region, category)).data ?? []
  const items = text.length < 2 ? [] : found
  const [stands, setStands] = useState<string>()
  const [note, setNote] = useState('')
  const useless = useAct(postUseless, { done: () => tell(say(words.helped)) })
  const shown = items.find(({ id }) => id === stands) ?? items[0]
  return (
    <section className="card">
      <h2>
        {say(words.answers)} <kbd>F4</kbd>
      </h2>
      <PickList
        id="desk-answers"
        label={say(words.answers)}
        picks={items.slice(0, 5).map(({ id, question, used }) => ({ key: id, title: question, ...(used > 0 && { aside: `${used} ${say(words.uses)}` }) }))}
        chosen={shown?.id}
        // The first touch shows an answer, the second says it.
        choose={(id) => (id === shown?.id && stands === id ? reply({ article: id }) : setStands(id))}
        onStand={setStands}
        none={say(text.length < 2 ? words.answersIdle : words.noAnswers)}
      />
      {shown && (
        <article className="answer">
          <p>{shown.answer}</p>
          <p className="muted small">
            {say(words.source)} {shown.source}
            {shown.validTo && ` · ${say(words.until)} ${shown.validTo}`}
          </p>
          <p className="buttons">
            <Button size="small" type="primary" onClick={() => reply({ article: shown.id })}>
              {say(words.replyNow)} <kbd>Enter</kbd>
            </Button>
            <button type="button" className="link" onClick={() => useless.mutate({ params: { id: shown.id } })}>
              {say(words.useless)}
            </button>
          </p>
        </article>
      )}
      {text.length >= 2 && (
        <Input
          size="small"
          className="own-answer"
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onPressEnter={() => note.trim() && reply({ note: note.trim() })}
          placeholder={say(words.noteHelp)}
          aria-label={say(words.note)}
          maxLength={1000}
        />
      )}
    </section>
  )
}

function AlikeCases({ draft, text, join }: { draft: Draft; text: string; join: (number: string) => void }) {
  const { say, language } = useWords()
  const now = useNow()
  const found = useQuery(alikeQuery(draft.position, draft.category, text)).data ?? []
  const ready = draft.position !== undefined && draft.category !== undefined
  const items = ready ? found.filter(({ mayMerge }) => mayMerge) : []
  return (
    <section className="card">
      <h2>
        {say(words.alike)} <kbd>F7</kbd>
      </h2>
      <PickList
        id="desk-alike"
        label={say(words.alike)}
        picks={items.slice(0, 4).map(({ brief, reasons, reports }) => ({
          key: brief.number,
          title: brief.description,
          below: `${say(brief.stateWords)} · ${sayNear(brief.reportedAt, now)} · ${reasons.map((why) => why[language]).join(language === 'zh' ? '、' : ', ')}${reports > 1 ? ` · ${reports}` : ''}`,
          aside: say(words.join),
        }))}
        choose={join}
        none={say(ready ? words.noAlike : words.alikeIdle)}
      />
    </section>
  )
}

function History({ call }: { call: Call }) {
  const { say } = useWords()
  const now = useNow()
  const caller = useQuery(callerQuery(call.id, call.masked)).data
  if (!caller || !call.masked) return null
  const nothing = caller.cases.length === 0 && caller.earlier.length === 0
  return (
    <section className="card desk-history">
      <h2>{say(words.history)}</h2>
      {nothing && <p className="muted small">{say(words.noHistory)}</p>}
      <ul>
        {caller.cases.map((brief) => (
          <li key={brief.number}>
            <Lamp colour={brief.lamp} size={14} />
            <span>
              <Link to={`/cases/${brief.number}` as never} target="_blank" title={groupNumber(brief.number)}>
                {brief.description}
              </Link>
              <small>
                {say(brief.stateWords)} · {sayNear(brief.reportedAt, now)} · {say(brief.category.words)}
              </small>
            </span>
          </li>
        ))}
        {caller.earlier.map((each) => (
          <li key={each.id}>
            <i aria-hidden="true">☎</i>
            <span>
              {each.result ? say(RESULT_WORDS[each.result]) : '—'}
              {each.note ? `：${each.note}` : ''}
              <small>
                {sayNear(each.rangAt, now)} {each.operator}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {caller.hidden > 0 && (
        <p className="muted small">
          {say(words.hidden)} {caller.hidden}
        </p>
      )}
    </section>
  )
}
