import { useState } from 'react'
import { groupNumber, Icon, serverNow, To, useWords } from '../../../kernel/web/index.ts'
import { Frame } from './frame.tsx'
import { sayWhen } from './say-when.ts'
import { T } from './texts.ts'

export interface Sent {
  number: string
  word: string
  reportedAt: string
  expectedAt: string | null
  address: string
}

/** Number, query word, and when one will hear. */
export function ReceiptPage({ sent }: { sent: Sent }) {
  const { say, language } = useWords()
  const [copied, setCopied] = useState(false)
  const copy = () => {
    const text = `${say(T.numberName)} ${sent.number}  ${say(T.wordName)} ${sent.word}`
    void navigator.clipboard?.writeText(text).then(() => setCopied(true))
  }
  return (
    <Frame title={say(T.report)}>
      <div className="body receipt">
        <div className="seal">
          <Icon name="check" size={36} />
        </div>
        <div role="status">
          <h2>{say(T.sent)}</h2>
        </div>
        {sent.expectedAt && <p className="hint">{say(T.expected).replace('{at}', sayWhen(sent.expectedAt, serverNow(), language))}</p>}
        <dl>
          <div>
            <dt>{say(T.wordName)}</dt>
            <dd>
              <span className="word">{sent.word}</span>
              {'clipboard' in navigator && (
                <button type="button" className="inline-link" onClick={copy} aria-live="polite">
                  {say(copied ? T.copied : T.copy)}
                </button>
              )}
            </dd>
          </div>
          <div>
            <dt>{say(T.numberName)}</dt>
            <dd>{groupNumber(sent.number)}</dd>
          </div>
          <div>
            <dt>{say(T.place)}</dt>
            <dd>{sent.address}</dd>
          </div>
        </dl>
        <p className="hint" style={{ marginTop: 12 }}>
          {say(T.keepWord)}
        </p>
        <To href={`/progress/${sent.number}`} className="button">
          {say(T.see)}
        </To>
        <To href="/" className="link">
          {say(T.home)}
        </To>
      </div>
    </Frame>
  )
}
