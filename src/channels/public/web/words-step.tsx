import { useState } from 'react'
import { Icon, useWords } from '../../../kernel/web/index.ts'
import { GROUP_CODES, GROUPS } from '../contract.ts'
import type { Draft, Step } from './draft.ts'
import { Speak } from './speak.tsx'
import { T } from './texts.ts'

const PHONE = /^\+?[0-9 -]{5,20}$/

export function WordsStep({
  draft,
  photos,
  change,
  turn,
  send,
  sending,
}: {
  draft: Draft
  photos: number
  change: (part: Partial<Draft>) => void
  turn: (step: Step) => void
  send: () => void
  sending: boolean
}) {
  const { say, language } = useWords()
  const [phoneFault, setPhoneFault] = useState(false)
  const submit = () => {
    const wrong = Boolean(draft.phone?.trim()) && !PHONE.test(draft.phone!.trim())
    setPhoneFault(wrong)
    if (wrong) return document.getElementById('report-phone')?.focus()
    send()
  }
  return (
    <>
      <div className="body">
        <h2>{say(T.wordsTitle)}</h2>
        <fieldset className="field">
          <legend>{say(T.which)}</legend>
          <div className="tiles">
            {GROUP_CODES.map((code) => (
              <label key={code}>
                <input
                  type="radio"
                  name="group"
                  checked={draft.group === code}
                  onChange={() => change({ group: code })}
                  onClick={() => draft.group === code && change({ group: undefined })}
                />
                <Icon name="check" size={16} />
                {GROUPS[code].name[language]}
              </label>
            ))}
          </div>
        </fieldset>
        <div className="field">
          <label htmlFor="report-words">{say(T.more)}</label>
          <div className="spoken">
            <textarea
              id="report-words"
              maxLength={1000}
              value={draft.words ?? ''}
              onChange={(event) => change({ words: event.target.value })}
            />
            <Speak say={(text) => change({ words: `${draft.words ?? ''}${text}`.slice(0, 1000) })} />
          </div>
        </div>
        <div className="field">
          <label htmlFor="report-phone">{say(T.phone)}</label>
          <input
            id="report-phone"
            type="tel"
            autoComplete="tel"
            value={draft.phone ?? ''}
            aria-invalid={phoneFault}
            aria-describedby="report-phone-hint"
            onChange={(event) => change({ phone: event.target.value })}
          />
          {phoneFault && <p className="fault">{say(T.phoneFault)}</p>}
          <p className="hint small" id="report-phone-hint">
            {say(T.phoneHint)}
          </p>
        </div>
        <dl className="sum">
          <Chosen
            name={say(T.photos)}
            value={photos === 0 ? say(T.noPhoto) : language === 'zh' ? `${photos} 张` : String(photos)}
            edit={() => turn(1)}
          />
          <Chosen name={say(T.place)} value={draft.address ?? ''} edit={() => turn(2)} />
        </dl>
      </div>
      <div className="thumb">
        <button type="button" className="button" onClick={submit} disabled={sending || !draft.position}>
          {say(sending ? T.sending : T.send)}
        </button>
      </div>
    </>
  )
}

function Chosen({ name, value, edit }: { name: string; value: string; edit: () => void }) {
  const { say } = useWords()
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span>{value}</span>
        <button type="button" className="inline-link" onClick={edit} aria-label={`${say(T.edit)} ${name}`}>
          {say(T.edit)}
        </button>
      </dd>
    </div>
  )
}
