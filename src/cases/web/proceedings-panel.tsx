import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Countdown, fileAddress, sayList, sayMoment, sayNear, useNow, useWords } from '../../kernel/web/index.ts'
import type { CaseDetail, HistoryEntry, Proceeding } from '../contract.ts'
import { keyOf } from './draft.ts'
import { sayWho } from './say-who.ts'
import type { Acts } from './use-acts.ts'

const words = {
  title: { zh: '程序', en: 'Procedures' },
  until: { zh: '至', en: 'until ' },
  by: { zh: '由', en: 'by ' },
  with: { zh: '参加', en: 'With' },
  cost: { zh: '费用', en: 'Cost' },
  yuan: { zh: '元', en: 'yuan' },
  outside: { zh: '转往', en: 'Passed to' },
  ended: { zh: '已结束', en: 'ended' },
  late: { zh: '逾期', en: 'late' },
  nth: { zh: '第', en: 'no. ' },
}

/** 程序: each proceeding as its own short history; those that are open stand first, with what one may do on them. */
export function ProceedingsPanel({ detail, acts }: { detail: CaseDetail; acts: Acts }) {
  const { say } = useWords()
  if (detail.proceedings.length === 0) return null
  const open = detail.proceedings.filter(({ endedAt }) => endedAt === null)
  const ended = detail.proceedings.filter(({ endedAt }) => endedAt !== null).toReversed()
  return (
    <section className="card pad" aria-label={say(words.title)}>
      <h2>{say(words.title)}</h2>
      <div className="proceedings">
        {[...open, ...ended].map((one) => (
          <One key={one.id} one={one} detail={detail} acts={acts} />
        ))}
      </div>
    </section>
  )
}

const toneOf = ({ result, endedAt }: Proceeding): string => (endedAt === null ? 'brand' : result === 'refused' ? 'orange' : '')

function One({ one, detail, acts }: { one: Proceeding; detail: CaseDetail; acts: Acts }) {
  const { say, language } = useWords()
  const moves = acts.procedures.filter(({ proceeding }) => proceeding === one.id)
  const same = detail.proceedings.filter(({ kind }) => kind === one.kind).length
  return (
    <article data-open={one.endedAt === null || undefined}>
      <header>
        <b>
          {say(one.words)}
          {same > 1 && <small>{language === 'zh' ? ` 第 ${one.ordinal} 次` : ` no. ${one.ordinal}`}</small>}
        </b>
        <span className={`tag ${toneOf(one)}`}>{say(one.stateWords)}</span>
        {one.late && <span className="tag red">{say(words.late)}</span>}
        {one.endedAt === null && one.dueAt && (
          <span className="push">
            <Countdown deadline={{ lamp: one.late ? 'red' : 'green', from: one.openedAt, dueAt: one.dueAt }} bar={false} />
          </span>
        )}
      </header>
      <ol>
        {entriesOf(one, detail.history).map((entry) => (
          <Entry key={entry.ordinal} entry={entry} extra={entry.step.endsWith('.open') ? <Asked one={one} /> : undefined} />
        ))}
      </ol>
      {one.cost !== null && (
        <p className="small">
          {say(words.cost)} <b className="number">{one.cost.toLocaleString('en-US', { minimumFractionDigits: 2 })}</b> {say(words.yuan)}
        </p>
      )}
      {moves.length > 0 && (
        <p className="moves">
          {moves.map((act) => (
            <Button
              key={keyOf(act)}
              size="small"
              {...(act.primary && { type: 'primary' as const, ghost: true })}
              onClick={() => acts.choose(act)}
            >
              {say(act.words)}
            </Button>
          ))}
        </p>
      )}
    </article>
  )
}

/** The acts on it: those of its kind between its beginning and its end. */
const entriesOf = ({ kind, openedAt, endedAt }: Proceeding, history: readonly HistoryEntry[]): HistoryEntry[] =>
  history
    .filter(({ step, at }) => step.startsWith(`${kind}.`) && at >= openedAt && (endedAt === null || at <= endedAt))
    .toSorted((a, b) => a.ordinal - b.ordinal)

/** What was asked for: until when, of whom. */
function Asked({ one }: { one: Proceeding }): ReactNode {
  const { say, language } = useWords()
  const parts = [
    one.reason && say(one.reason.words),
    one.untilAt && `${say(words.until)} ${sayMoment(one.untilAt).slice(0, 16)}`,
    one.participants.length > 0 && `${say(words.with)} ${sayList(one.participants.map(({ name }) => say(name)), language)}`,
    one.outside && `${say(words.outside)} ${one.outside}`,
  ].filter(Boolean)
  return parts.length > 0 ? <span>{parts.join(language === 'zh' ? '；' : '; ')}</span> : null
}

function Entry({ entry, extra }: { entry: HistoryEntry; extra: ReactNode }) {
  const { say, language } = useWords()
  const now = useNow()
  return (
    <li>
      <time dateTime={entry.at} title={sayMoment(entry.at)}>
        {sayNear(entry.at, now)}
      </time>
      <div>
        <b>{say(entry.words)}</b>
        <span className="muted">{[sayWho(entry.who, say), entry.post && say(entry.post)].filter(Boolean).join(' · ')}</span>
        {extra}
        {entry.note && <q>{language === 'zh' ? `“${entry.note}”` : `“${entry.note}”`}</q>}
        {entry.files.length > 0 && (
          <span className="strip">
            {entry.files.map((file) => (
              <a key={file.sha256} href={fileAddress(file.sha256, 'original')} target="_blank" rel="noreferrer">
                {file.type.startsWith('image/') ? <img src={fileAddress(file.sha256, 'thumb')} alt={file.name} loading="lazy" /> : file.name}
              </a>
            ))}
          </span>
        )}
      </div>
    </li>
  )
}
