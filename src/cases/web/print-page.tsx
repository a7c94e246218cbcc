import { useQueries } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Button } from 'antd'
import { EmptyState, ErrorState, fileAddress, groupNumber, Loading, sayMoment, serverNow, useAddress, useWords } from '../../kernel/web/index.ts'
import type { CaseDetail } from '../contract.ts'
import { marksOf } from './marks.tsx'
import { usePlaceWords } from './place-words.ts'
import { caseQuery } from './queries.ts'
import { sayLimit } from './say-limit.ts'
import { sayWho } from './say-who.ts'
import './print.css'

const words = {
  title: { zh: '打印案卷', en: 'Print case sheets' },
  print: { zh: '打印', en: 'Print' },
  none: { zh: '没有选择案件。请在案件列表里选择后打印。', en: 'No cases were chosen. Select some in the list of cases.' },
  sheet: { zh: '案件办理单', en: 'Case sheet' },
  number: { zh: '案件号', en: 'Number' },
  state: { zh: '状态', en: 'State' },
  category: { zh: '类别', en: 'Category' },
  source: { zh: '来源', en: 'Source' },
  place: { zh: '地点', en: 'Place' },
  cell: { zh: '单元网格', en: 'Cell' },
  unit: { zh: '处置单位', en: 'Unit' },
  condition: { zh: '立案条件', en: 'Filed because' },
  reported: { zh: '上报', en: 'Reported' },
  due: { zh: '处置到期', en: 'Disposal due' },
  disposed: { zh: '处置完成', en: 'Disposed' },
  marks: { zh: '标记', en: 'Marks' },
  photos: { zh: '照片', en: 'Photos' },
  history: { zh: '办理经过', en: 'History' },
  time: { zh: '时间', en: 'Time' },
  step: { zh: '步骤', en: 'Step' },
  who: { zh: '办理人', en: 'By' },
  what: { zh: '内容', en: 'What' },
  printed: { zh: '打印于', en: 'Printed' },
}

const MOST = 50
const PHOTOS = 6

/** Sheets of the cases named in the address, one a page of A4, with photos and history. */
export default function PrintPage() {
  const { say, language } = useWords()
  const [address] = useAddress<{ numbers?: string }>()
  const numbers = [...new Set((address.numbers ?? '').split(',').filter((number) => /^\d{20}$/.test(number)))].slice(0, MOST)
  const found = useQueries({ queries: numbers.map((number) => caseQuery(number)) })
  const failed = found.find(({ isError }) => isError)
  const details = found.flatMap(({ data }) => (data ? [data] : []))
  if (numbers.length === 0) return <EmptyState why={say(words.none)} />
  if (failed) return <ErrorState error={failed.error} retry={() => void failed.refetch()} />
  if (details.length < numbers.length) return <Loading lines={14} />
  return (
    <div className="print-page">
      <header className="page-head">
        <div>
          <h1>{say(words.title)}</h1>
          <p className="muted small">{language === 'zh' ? `${details.length} 件，每件另起一页（A4）` : `${details.length}, each on a page of its own (A4)`}</p>
        </div>
        <Button type="primary" onClick={() => window.print()}>
          {say(words.print)}
        </Button>
      </header>
      {details.map((detail) => (
        <Sheet key={detail.brief.number} detail={detail} />
      ))}
    </div>
  )
}

function Sheet({ detail }: { detail: CaseDetail }) {
  const { say, language } = useWords()
  const { brief, condition, history } = detail
  const place = usePlaceWords()(brief)
  // The moment of printing, held while the page is read.
  const [now] = useState(serverNow)
  useEffect(() => {
    document.title = `${say(words.sheet)} ${groupNumber(brief.number)}`
  }, [brief.number, say])
  const photos = history.flatMap((entry) => entry.files.filter(({ type }) => type.startsWith('image/')).map((file) => ({ file, entry })))
  const marks = marksOf(brief, language, now).map(({ text }) => text)
  const facts: [string, string | null | undefined][] = [
    [say(words.number), groupNumber(brief.number)],
    [say(words.state), say(brief.stateWords)],
    [say(words.category), `${brief.category.code} ${say(brief.category.words)}`],
    [say(words.source), say(brief.sourceWords)],
    [say(words.place), [place.within, place.address].filter(Boolean).join(' ')],
    [say(words.cell), brief.region.cell],
    [say(words.unit), brief.unit && say(brief.unit.name)],
    [say(words.condition), condition && `${say(condition.words)} · ${sayLimit(condition.limit.amount, condition.limit.unit, language)}`],
    [say(words.reported), sayMoment(brief.reportedAt)],
    [say(words.due), brief.disposeDueAt && sayMoment(brief.disposeDueAt)],
    [say(words.disposed), brief.disposedAt && sayMoment(brief.disposedAt)],
    [say(words.marks), marks.length > 0 ? marks.join(language === 'zh' ? '、' : ', ') : null],
  ]
  return (
    <article className="case-sheet">
      <header>
        <b>{say(words.sheet)}</b>
        <span>
          {say(words.printed)} {sayMoment(now)}
        </span>
      </header>
      <h2>{brief.description}</h2>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value || '—'}</dd>
          </div>
        ))}
      </dl>
      {photos.length > 0 && (
        <section>
          <h3>{say(words.photos)}</h3>
          <div className="sheet-photos">
            {photos.slice(0, PHOTOS).map(({ file, entry }) => (
              <figure key={`${entry.ordinal}-${file.sha256}`}>
                <img src={fileAddress(file.sha256, 'public')} alt={say(entry.words)} />
                <figcaption>
                  {say(entry.words)} {sayMoment(file.takenAt ?? entry.at)}
                </figcaption>
              </figure>
            ))}
          </div>
        </section>
      )}
      <section>
        <h3>{say(words.history)}</h3>
        <table>
          <thead>
            <tr>
              {[words.time, words.step, words.who, words.what].map((head) => (
                <th key={head.zh} scope="col">
                  {say(head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {history
              .toSorted((a, b) => a.ordinal - b.ordinal)
              .map((entry) => (
                <tr key={entry.ordinal}>
                  <td className="number">{sayMoment(entry.at)}</td>
                  <td>{say(entry.words)}</td>
                  <td>{[sayWho(entry.who, say), entry.post && say(entry.post)].filter(Boolean).join(' · ')}</td>
                  <td>
                    {[...entry.facts.map(say), entry.reason && say(entry.reason.words), entry.note && `“${entry.note}”`].filter(Boolean).join(language === 'zh' ? '；' : '; ')}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </section>
    </article>
  )
}
