import { problem } from '../kernel/index.ts'

export const ruleUnknown = problem(404, 'responsibility.rule-unknown', ({ number }: { number: string }) => ({
  zh: `没有规则 ${number}`,
  en: `There is no rule ${number}`,
}))
export const ruleEnded = problem(409, 'responsibility.rule-ended', ({ number }: { number: string }) => ({
  zh: `规则 ${number} 已终止，不能再改；请另建一条`,
  en: `The rule ${number} has ended and cannot be changed; add another`,
}))
export const ruleStands = problem(409, 'responsibility.rule-stands', ({ number }: { number: string }) => ({
  zh: `规则 ${number} 已说的是同一件事`,
  en: `The rule ${number} says the very same`,
}))
export const ruleUnsound = problem(422, 'responsibility.rule-unsound', () => ({
  zh: '规则有误，没有写入',
  en: 'The rule is not sound, and nothing was written',
}))
export const listMissing = problem(400, 'responsibility.list-missing', () => ({
  zh: '没有附上规则列表',
  en: 'There is no list of rules in the request',
}))
export const listUnsound = problem(422, 'responsibility.list-unsound', ({ count }: { count: number }) => ({
  zh: `列表有 ${count} 处错误，没有写入任何规则`,
  en: `The list has ${count} faults, and no rule was written`,
}))
export const precedentUnknown = problem(404, 'responsibility.precedent-unknown', ({ number }: { number: string }) => ({
  zh: `没有先例 ${number}`,
  en: `There is no precedent ${number}`,
}))
export const precedentWithdrawn = problem(409, 'responsibility.precedent-withdrawn', ({ number }: { number: string }) => ({
  zh: `先例 ${number} 已经撤销`,
  en: `The precedent ${number} has been withdrawn already`,
}))
export const deputyCircle = problem(422, 'responsibility.deputy-circle', () => ({
  zh: '代办单位首尾相接，谁也不在值守',
  en: 'The deputies form a circle, in which nobody is on duty',
}))
export const placeUnknown = problem(404, 'responsibility.place-unknown', () => ({
  zh: '位置不在城市范围内',
  en: 'The position does not lie in the city',
}))
