import { Icon, sayCount, useWords } from '../../kernel/web/index.ts'
import type { Overview } from '../contract.ts'

const words = {
  title: { zh: '上报的去向', en: 'Where the reports went' },
  note: { zh: '每件上报恰在一处，按上报日', en: 'each report is in exactly one place, by the day of its report' },
  reported: { zh: '上报', en: 'Reported' },
  pending: { zh: '待定', en: 'Pending' },
  declined: { zh: '不予立案', en: 'Declined' },
  voided: { zh: '作废', en: 'Void' },
  selfDisposed: { zh: '自行处置', en: 'Self-disposed' },
  merged: { zh: '合并', en: 'Merged' },
  answered: { zh: '直接答复', en: 'Answered' },
  established: { zh: '立案', en: 'Established' },
  holds: { zh: '合计相符', en: 'it adds up' },
  fails: { zh: '合计不符，请运行核对', en: 'it does not add up; run the verification' },
  reasons: { zh: '期内不予立案的理由', en: 'Declined in this period because' },
  unsaid: { zh: '未注明', en: 'not said' },
}

const PARTS = [
  ['established', '#0F5F70'],
  ['pending', '#86BCC7'],
  ['declined', '#C98A2B'],
  ['selfDisposed', '#3F93A3'],
  ['merged', '#8A5A83'],
  ['answered', '#D9C9A8'],
  ['voided', '#B6C1C8'],
] as const

/** 上报 = 立案 + 待定 + 不予立案 + 自行处置 + 合并 + 直接答复 + 作废: shown as a sum that anyone can check. */
export function SumOfOutcomes({ overview }: { overview: Overview }) {
  const { say } = useWords()
  const { sum, declined } = overview
  const total = PARTS.reduce((all, [part]) => all + sum[part], 0)
  const holds = total === sum.reported
  return (
    <section className="card pad outcomes">
      <div className="card-head">
        <h2>
          {say(words.title)} <span className="muted small">{say(words.note)}</span>
        </h2>
        <span className={`small ${holds ? 'holds' : 'fails'}`}>
          <Icon name={holds ? 'check' : 'close'} size={14} /> {say(holds ? words.holds : words.fails)}
        </span>
      </div>
      <p className="equation">
        <span>
          {say(words.reported)} <b>{sayCount(sum.reported)}</b>
        </span>
        {PARTS.map(([part, colour], index) => (
          <span key={part}>
            <i>{index === 0 ? '=' : '+'}</i>
            <s style={{ background: colour }} /> {say(words[part])} <b>{sayCount(sum[part])}</b>
          </span>
        ))}
      </p>
      <div className="lamp-bar thick" aria-hidden="true">
        {PARTS.map(([part, colour]) => sum[part] > 0 && <i key={part} style={{ flexGrow: sum[part], background: colour }} />)}
      </div>
      {declined.length > 0 && (
        <p className="muted small reasons">
          {say(words.reasons)}
          {declined.slice(0, 6).map(({ code, name, count }) => (
            <span key={code}>
              {name || say(words.unsaid)} {sayCount(count)}
            </span>
          ))}
        </p>
      )}
    </section>
  )
}
