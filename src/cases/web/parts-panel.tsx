import { Countdown, fileAddress, Lamp, sayNear, useNow, useWords } from '../../kernel/web/index.ts'
import type { CaseDetail, Part } from '../contract.ts'
import { PartFeedback } from './part-feedback.tsx'

const words = {
  title: { zh: '协办与下派', en: 'Assisting and lower units' },
  assist: { zh: '协办', en: 'Assists' },
  inner: { zh: '下派', en: 'Passed down' },
  from: { zh: '来自', en: 'from' },
  done: { zh: '已完成', en: 'Done' },
  returned: { zh: '已退回', en: 'Given back' },
  withdrawn: { zh: '已撤销', en: 'Withdrawn' },
  late: { zh: '超时', en: 'late' },
}

/** The lamp of a part: its deadline is its own, beside that of the case. */
export const partDeadline = ({ givenAt, dueAt, late }: Part) => ({ lamp: late ? ('red' as const) : ('green' as const), from: givenAt, dueAt })

export function PartsPanel({ detail }: { detail: CaseDetail }) {
  const { say } = useWords()
  if (detail.parts.length === 0) return null
  return (
    <section className="card pad" aria-label={say(words.title)}>
      <h2>{say(words.title)}</h2>
      <ul className="parts">
        {detail.parts.map((part) => (
          <One key={part.id} part={part} />
        ))}
      </ul>
    </section>
  )
}

function One({ part }: { part: Part }) {
  const { say, language } = useWords()
  const now = useNow()
  return (
    <li data-open={part.endedAt === null || undefined}>
      <header>
        <span className={`tag ${part.endedAt === null ? 'brand' : ''}`}>{say(part.role === 'assist' ? words.assist : words.inner)}</span>
        <b>{say(part.unit.name)}</b>
        {part.endedAt === null ? (
          <span className="push">
            <Countdown deadline={partDeadline(part)} bar={false} />
          </span>
        ) : (
          <span className="push small muted ended-lamp">
            <Lamp colour={part.late ? 'red' : 'green'} size={14} label={false} />
            {say(words[part.result === 'returned' ? 'returned' : part.result === 'withdrawn' ? 'withdrawn' : 'done'])} {sayNear(part.endedAt, now)}
            {part.late && ` · ${say(words.late)}`}
          </span>
        )}
      </header>
      <p className="small muted">
        {sayNear(part.givenAt, now)} {part.givenBy}
        {part.from && ` · ${say(words.from)} ${say(part.from.name)}`}
        {part.task && (language === 'zh' ? `：“${part.task}”` : `: “${part.task}”`)}
      </p>
      {part.note && part.endedAt !== null && <q>{`“${part.note}”`}</q>}
      {part.files.length > 0 && (
        <div className="strip">
          {part.files.map((sha256) => (
            <a key={sha256} href={fileAddress(sha256, 'original')} target="_blank" rel="noreferrer">
              <img src={fileAddress(sha256, 'thumb')} alt={say(part.unit.name)} loading="lazy" />
            </a>
          ))}
        </div>
      )}
      {part.mine && <PartFeedback part={part} />}
    </li>
  )
}
