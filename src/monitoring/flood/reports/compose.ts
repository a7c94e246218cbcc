// Makes a report of its figures and texts, in one language. Read by the server and by the browser. Pure.

import type { Language } from '../../../kernel/contract.ts'
import { written, headings, sayDate, sayDay, type Block, type Brief, type Voice } from './brief.ts'
import { composeAfter } from './compose-after.ts'
import { composeBefore } from './compose-before.ts'
import { composeDuring } from './compose-during.ts'
import type { ReportShown } from './contract.ts'
import { REPORT_KINDS, type ReportKind } from './figures.ts'

/** What the author's two texts are called. */
export const TEXT_NAMES = {
  before: { lead: { zh: '天气形势与研判', en: 'The weather to come' }, close: { zh: '防范安排', en: 'What to prepare' } },
  during: { lead: { zh: '总体情况', en: 'In short' }, close: { zh: '下一步安排', en: 'What to do next' } },
  after: { lead: { zh: '总体情况', en: 'In short' }, close: { zh: '经验与改进', en: 'Lessons' } },
} as const satisfies Record<ReportKind, object>

export const sayIssue = ({ year, number }: Pick<ReportShown, 'year' | 'number'>, language: Language): string => {
  if (number === null) return language === 'zh' ? '草稿（签发时编号）' : 'Draft, numbered when it is issued'
  return language === 'zh' ? `${year}年 第 ${number} 期` : `${year}, No. ${number}`
}

/** What a report is called where its author gives it no title; `began`: the day of the rain that is over. */
export const usualTitle = ({ kind, regionName }: Pick<ReportShown, 'kind' | 'regionName'>, language: Language, began = ''): string => {
  const place = regionName[language]
  const zh = language === 'zh'
  if (kind === 'before') return zh ? `${place}降雨前内涝风险研判与准备情况` : `${place}: risk of floods and readiness before the rain`
  if (kind === 'during') return zh ? `${place}降雨积水与处置情况` : `${place}: rain, water and what is done`
  return zh ? `${place}${began.slice(5)}降雨过程及处置总结` : `${place}: the rain${began === '' ? '' : ` of ${began}`} and what was done`
}

function body(report: ReportShown, voice: Voice): { first: Block[]; rest: Block[] } {
  const { figures, at } = report
  const heading = headings(voice)
  const first = heading(TEXT_NAMES[report.kind].lead)
  const parts = figures.kind === 'before' ? composeBefore(figures, at, voice, heading) : figures.kind === 'during' ? composeDuring(figures, at, voice, heading) : composeAfter(figures, at, voice, heading)
  const close = written(report.texts.close)
  return { first: [first, ...parts.first, ...written(report.texts.lead)], rest: [...parts.rest, ...(close.length > 0 ? [heading(TEXT_NAMES[report.kind].close), ...close] : [])] }
}

export function compose(report: ReportShown, voice: Voice): Brief {
  const { language } = voice
  const { kind, regionName, issued, made, at, texts } = report
  const zh = language === 'zh'
  const { first, rest } = body(report, voice)
  const masthead = zh ? `内涝${REPORT_KINDS[kind].zh}` : `Flood report: ${REPORT_KINDS[kind].en.toLowerCase()}`
  const { figures } = report
  const title = texts.title.trim() || usualTitle(report, language, figures.kind === 'after' ? sayDate(figures.event.beganAt, voice) : '')
  return {
    masthead,
    issue: sayIssue(report, language),
    organ: zh ? `${regionName.zh}城市运行管理服务平台` : `${regionName.en} operations`,
    date: sayDate(issued?.at ?? at, voice),
    title,
    asOf: zh ? `数据截至 ${sayDay(at, voice)}` : `Figures as of ${sayDay(at, voice)}`,
    blocks: [...first, ...rest],
    foot: [
      zh ? `编写：${made.by}　${sayDay(made.at, voice)}` : `Written by ${made.by}, ${sayDay(made.at, voice)}`,
      issued ? (zh ? `签发：${issued.by}　${sayDay(issued.at, voice)}` : `Issued by ${issued.by}, ${sayDay(issued.at, voice)}`) : zh ? '签发：未签发' : 'Not issued yet',
    ],
    name: [masthead.replace(/^.*: /, ''), sayIssue(report, language).replaceAll(/[\s（）]|签发时编号|, numbered when it is issued/g, ''), sayDate(at, voice)].join('-'),
  }
}
