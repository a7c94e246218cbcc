// 风险矩阵 (LS): how likely times how grave gives the level. As shipped it is the usual one of 双重预防: the product R of both is red
// (重大) from 20, orange (较大) from 15, yellow (一般) from 9, else blue (低). A city may set its own.

import type { Words } from '../../kernel/contract.ts'

export const STEPS = [1, 2, 3, 4, 5] as const

export const LIKELIHOODS: readonly Words[] = [
  { zh: '极不可能', en: 'Hardly ever' },
  { zh: '不太可能', en: 'Unlikely' },
  { zh: '可能', en: 'Possible' },
  { zh: '很可能', en: 'Likely' },
  { zh: '几乎必然', en: 'Almost certain' },
]
export const CONSEQUENCES: readonly Words[] = [
  { zh: '轻微', en: 'Slight' },
  { zh: '较小', en: 'Minor' },
  { zh: '中等', en: 'Moderate' },
  { zh: '严重', en: 'Severe' },
  { zh: '灾难性', en: 'Disastrous' },
]

/** 重大, 较大, 一般, 低: by the level from 1 blue to 4 red. */
export const RISK_LEVELS: readonly Words[] = [
  { zh: '低风险', en: 'Low' },
  { zh: '一般风险', en: 'Moderate' },
  { zh: '较大风险', en: 'Considerable' },
  { zh: '重大风险', en: 'Major' },
]

/** Levels by likelihood, then by consequence. */
export type Cells = readonly (readonly number[])[]

const ofProduct = (product: number): number => (product >= 20 ? 4 : product >= 15 ? 3 : product >= 9 ? 2 : 1)
export const SHIPPED: Cells = STEPS.map((likelihood) => STEPS.map((consequence) => ofProduct(likelihood * consequence)))

export const levelBy = (cells: Cells, likelihood: number, consequence: number): number => cells[likelihood - 1]![consequence - 1]!

/** What is more likely or more grave is never a lower level. */
export function fallsIn(cells: Cells): { likelihood: number; consequence: number } | undefined {
  for (const likelihood of STEPS) {
    for (const consequence of STEPS) {
      const level = levelBy(cells, likelihood, consequence)
      const before = [likelihood > 1 ? levelBy(cells, likelihood - 1, consequence) : 0, consequence > 1 ? levelBy(cells, likelihood, consequence - 1) : 0]
      if (before.some((each) => each > level)) return { likelihood, consequence }
    }
  }
  return undefined
}

/**
 * 动态风险: an alarm that rings at a device of a risk raises it, a blue or yellow one by one level, an orange or red one by two,
 * never above red. Of several the worst counts. What is shelved does not.
 */
export const raisedBy = (level: number, ringing: readonly number[]): number => {
  const worst = Math.max(0, ...ringing)
  return Math.min(4, level + (worst >= 3 ? 2 : worst >= 1 ? 1 : 0))
}
