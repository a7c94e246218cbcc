// What units are called in Chinese running text; those that are written alike everywhere stay as they are.

import type { Language } from '../kernel/contract.ts'

const CHINESE: Readonly<Record<string, string>> = { mm: '毫米', cm: '厘米', m: '米', km: '公里', 'km/h': '公里/小时', s: '秒', min: '分钟', h: '小时' }

export const sayUnit = (unit: string, language: Language): string => (language === 'zh' ? (CHINESE[unit] ?? unit) : unit)
