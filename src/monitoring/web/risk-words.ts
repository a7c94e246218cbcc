import type { Language, Words } from '../../kernel/contract.ts'
import { sayMoment } from '../../kernel/web/index.ts'
import { KINDS_OF_RISK, RISK_LEVELS, type RiskKind, type Stage } from '../contract.ts'

const DAY_MS = 86_400_000

export const levelWords = (level: number): Words => RISK_LEVELS[level - 1]!
export const kindWords = (kind: RiskKind): Words => KINDS_OF_RISK[kind].words
export const sayDay = (at: string): string => sayMoment(at).slice(0, 10)

/** `逾期 12 天`, `还有 3 天`. */
export function sayReview(reviewBy: string, now: number, language: Language): { text: string; tone: '' | 'red' | 'yellow' } {
  const days = Math.ceil((+new Date(reviewBy) - now) / DAY_MS)
  if (days <= 0 && +new Date(reviewBy) < now) {
    const late = Math.max(1, Math.floor((now - +new Date(reviewBy)) / DAY_MS))
    return { text: language === 'zh' ? `复评逾期 ${late} 天` : `review ${late} d overdue`, tone: 'red' }
  }
  return { text: language === 'zh' ? `${days} 天内复评` : `review within ${days} d`, tone: days <= 30 ? 'yellow' : '' }
}

export const STAGE_TONES: Readonly<Record<Stage, string>> = { 'to-rectify': 'yellow', rectifying: 'brand', 'to-check': 'orange', cleared: 'green', dropped: '' }
