import type { Language } from '../contract.ts'

// Each language has its own marks between words: full-width ones in Chinese, a half-width one and a space in English.

/** `甲、乙`, `A, B`. */
export const sayList = (parts: readonly string[], language: Language): string => parts.join(language === 'zh' ? '、' : ', ')

/** `甲；乙`, `A; B`. */
export const sayClauses = (parts: readonly string[], language: Language): string => parts.join(language === 'zh' ? '；' : '; ')

/** `状态：已派遣`, `State: dispatched`. */
export const sayLabelled = (label: string, text: string, language: Language): string => `${label}${language === 'zh' ? '：' : ': '}${text}`

/** `没有许可（access.permit-missing）`, `Not permitted (access.permit-missing)`. */
export const sayAside = (text: string, aside: string, language: Language): string =>
  language === 'zh' ? `${text}（${aside}）` : `${text} (${aside})`
