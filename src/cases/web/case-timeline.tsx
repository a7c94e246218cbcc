import { fileAddress, sayCount, Timeline, useNow, useWords, wallTime, type Moment } from '../../kernel/web/index.ts'
import type { CaseDetail, HistoryEntry } from '../contract.ts'
import { sayWho } from './say-who.ts'
import { sayLimit, sayUsed } from './say-limit.ts'

const words = {
  title: { zh: '时间线', en: 'Timeline' },
  late: { zh: '超时', en: 'late' },
  inTime: { zh: '按时', en: 'in time' },
}

/** All that happened to the case, newest first; it only grows. */
export function CaseTimeline({ detail }: { detail: CaseDetail }) {
  const { say, language } = useWords()
  const zh = language === 'zh'
  const today = wallTime(useNow()).day
  const entries = detail.history.toSorted((a, b) => b.ordinal - a.ordinal)
  const open = detail.brief.endedAt === null
  return (
    <section className="card pad">
      <h2 className="with-aside">
        {say(words.title)}
        <span className="muted small">
          {zh
            ? `${sayCount(entries.length)} 条 · 只增不改 · 时间为平台时钟`
            : `${sayCount(entries.length)} entries · only ever added to · the platform's clock`}
        </span>
      </h2>
      <Timeline moments={entries.map((entry, index) => momentOf(entry, open && index === 0))} />
    </section>
  )

  function momentOf(entry: HistoryEntry, now: boolean): Moment {
    const { day, time } = wallTime(entry.at)
    const facts = entry.facts.map(say)
    const what = [entry.reason && say(entry.reason.words), ...facts].filter(Boolean).join(zh ? '；' : '; ')
    const photos = entry.files.filter(({ type }) => type.startsWith('image/'))
    const papers = entry.files.filter(({ type }) => !type.startsWith('image/'))
    return {
      key: entry.ordinal,
      time,
      ...(day !== today && { day: day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day }),
      title: say(entry.words),
      who: [sayWho(entry.who, say), entry.post && say(entry.post)].filter(Boolean).join(' · '),
      ...(what && { what }),
      ...((entry.note || entry.files.length > 0) && {
        evidence: (
          <>
            {entry.note && <p>{zh ? `“${entry.note}”` : `“${entry.note}”`}</p>}
            {photos.length > 0 && (
              <div className="strip">
                {photos.map((file) => (
                  <a key={file.sha256} href={fileAddress(file.sha256, 'original')} target="_blank" rel="noreferrer">
                    <img src={fileAddress(file.sha256, 'thumb')} alt={file.name} loading="lazy" />
                  </a>
                ))}
              </div>
            )}
            {papers.map((file) => (
              <a key={file.sha256} href={fileAddress(file.sha256, 'original')} target="_blank" rel="noreferrer">
                {file.name}
              </a>
            ))}
          </>
        ),
      }),
      ...(entry.stopped && { clock: sayStopped(entry.stopped) }),
      now,
    }
  }

  function sayStopped(stopped: NonNullable<HistoryEntry['stopped']>): string {
    const used = sayUsed(stopped, language)
    const limit = sayLimit(stopped.amount, stopped.unit, language)
    const verdict = say(stopped.late ? words.late : words.inTime)
    return zh
      ? `${say(stopped.words)}计时止，用时 ${used} / ${limit}，${verdict}`
      : `${say(stopped.words)}: clock stopped at ${used} of ${limit}, ${verdict}`
  }
}
