// The trades (行业) whose products, rules and devices go together: what runs below and above a city's streets.

import type { Words } from '../kernel/contract.ts'

export const TRADES = {
  water: { zh: '供水', en: 'Water' },
  drainage: { zh: '排水防涝', en: 'Drainage' },
  gas: { zh: '燃气', en: 'Gas' },
  heat: { zh: '供热', en: 'Heat' },
  bridge: { zh: '桥梁', en: 'Bridges' },
  lighting: { zh: '照明', en: 'Lighting' },
  crowd: { zh: '客流', en: 'Crowds' },
} as const satisfies Record<string, Words>

export type Trade = keyof typeof TRADES
export const TRADE_CODES = Object.keys(TRADES) as Trade[]
