import type { Language, Words } from '../../kernel/contract.ts'
import { LEVELS, REFUSALS, type FloodPointShown, type RainEventShown } from '../contract.ts'

export const sayCm = (cm: number | null): string => (cm === null ? '—' : cm.toFixed(cm < 10 ? 1 : 0))
export const sayMm = (mm: number): string => mm.toFixed(1)

/** Less than a centimetre in ten minutes is none. */
export const STEADY_CM = 1
export const arrowOf = (trend: number | null): string => (trend === null ? '' : trend >= STEADY_CM ? '↑' : trend <= -STEADY_CM ? '↓' : '→')
const TREND: Readonly<Record<string, Words>> = { '↑': { zh: '上涨', en: 'rising' }, '↓': { zh: '下降', en: 'falling' }, '→': { zh: '平稳', en: 'steady' }, '': { zh: '—', en: '—' } }
export const trendWords = (trend: number | null): Words => TREND[arrowOf(trend)]!

const said = (language: Language, words: Words): string => words[language]

/** In how many minutes it reaches the next level, or which way it goes; `near`: within half an hour. */
export function sayOutlook(point: FloodPointShown, language: Language): { text: string; near: boolean } {
  const next = point.reaches[point.state]
  const level = LEVELS[point.state]
  if (point.silent) return { text: said(language, REFUSALS['no-level']), near: false }
  if (next && level && next.minutes !== null) {
    return { text: language === 'zh' ? `${next.minutes} 分到${level.words.zh} ${next.limit}` : `${next.minutes} min to ${level.words.en.toLowerCase()} ${next.limit}`, near: next.minutes <= 30 }
  }
  if (point.state === 4 && arrowOf(point.trend) === '↑') return { text: language === 'zh' ? '已到红色，仍在涨' : 'red, and rising', near: true }
  return { text: said(language, trendWords(point.trend)), near: false }
}

/** 80 % of what comes lies between. */
export function sayBetween({ soonest, latest }: { soonest: number | null; latest: number | null }, language: Language): string {
  if (soonest === null) return language === 'zh' ? '1 小时内不会' : 'not within the hour'
  if (latest === null) return language === 'zh' ? `最早 ${soonest} 分，也可能不到` : `${soonest} min at the soonest, or not at all`
  return language === 'zh' ? `${soonest} 至 ${latest} 分` : `${soonest} to ${latest} min`
}

export function sayYears(rarity: RainEventShown['rarity'], language: Language): string {
  if (!rarity) return '—'
  const { years } = rarity
  const text = years >= 200 ? '>200' : years < 1 ? years.toFixed(1) : years >= 10 ? String(Math.round(years)) : years.toFixed(1)
  return language === 'zh' ? `${text} 年一遇` : `once in ${text} years`
}

export const minutesWords = (minutes: number, language: Language): string => (minutes < 60 ? (language === 'zh' ? `${minutes} 分钟` : `${minutes} min`) : language === 'zh' ? `${minutes / 60} 小时` : `${minutes / 60} h`)
