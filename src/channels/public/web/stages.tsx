import { Icon, useNow, useWords } from '../../../kernel/web/index.ts'
import type { Language } from '../../../kernel/contract.ts'
import type { Progress, ProgressStage } from '../contract.ts'
import { sayClock, saySpan, sayWhen } from './say-when.ts'

/** The stages from top to bottom, in plain words, with what was promised and whether it was kept. */
export function Stages({ progress }: { progress: Progress }) {
  const { language } = useWords()
  const now = useNow()
  return (
    <ol className="vertical">
      {progress.stages.map((stage) => {
        const expected = stage.notes.find(({ code }) => code === 'expected')?.at
        return (
          <li key={stage.code} className={stage.state} aria-current={stage.state === 'now' ? 'step' : undefined}>
            <i>{stage.state === 'done' && <Icon name="check" size={14} />}</i>
            <div>
              <div className="line">
                <b>{stage.name[language]}</b>
                {stage.at && <time dateTime={stage.at}>{sayWhen(stage.at, now, language)}</time>}
                {expected && Date.parse(expected) > now && (
                  <time>
                    {language === 'zh'
                      ? `预计 ${sayClock(expected, now, language)} 前完成`
                      : `expected by ${sayClock(expected, now, language)}`}
                  </time>
                )}
              </div>
              {stage.notes.map((note) => {
                const text = sayNote(note, now, language)
                return text && <p key={note.code}>{text}</p>
              })}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

function sayNote({ code, unit, at, ms, times, words }: ProgressStage['notes'][number], now: number, language: Language): string {
  const zh = language === 'zh'
  const promise = at ? (zh ? `承诺 ${sayClock(at, now, language)} 前修好` : `promised by ${sayClock(at, now, language)}`) : ''
  switch (code) {
    case 'verifying':
      return zh ? '采集员正去现场核实' : 'A collector is going to have a look'
    case 'promise':
      return [unit, promise].filter(Boolean).join(zh ? '，' : ', ')
    case 'earlier':
      return zh ? `比承诺早 ${saySpan(ms ?? 0, language)}` : `${saySpan(ms ?? 0, language)} earlier than promised`
    case 'late':
      return zh ? `比承诺晚 ${saySpan(ms ?? 0, language)}` : `${saySpan(ms ?? 0, language)} later than promised`
    case 'rework':
      return zh ? `检查没通过，重新处理 ${times} 次` : `The check failed; fixed again ${times} time${times === 1 ? '' : 's'}`
    case 'by-collector':
      return zh ? '由采集员到现场检查，不由维修单位检查' : 'Checked on site by a collector, not by the crew'
    case 'reason':
      return words ? (zh ? `原因：${words.zh}` : `Reason: ${words.en}`) : ''
    default:
      return ''
  }
}
