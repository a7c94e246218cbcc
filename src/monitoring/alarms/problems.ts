import { problem } from '../../kernel/index.ts'

export const ruleUnknown = problem(404, 'monitoring.rule-unknown', ({ code }: { code: string }) => ({ zh: `没有规则 ${code}`, en: `There is no rule ${code}` }))
export const ruleFaulty = problem(422, 'monitoring.rule-faulty', () => ({ zh: '规则有误', en: 'The rule has faults' }))
export const alarmUnknown = problem(404, 'monitoring.alarm-unknown', () => ({ zh: '没有这条告警', en: 'There is no such alarm' }))
export const alarmOver = problem(409, 'monitoring.alarm-over', () => ({ zh: '告警已解除', en: 'The alarm is over' }))
export const alarmAcknowledged = problem(409, 'monitoring.alarm-acknowledged', () => ({ zh: '已由他人确认', en: 'Somebody else has acknowledged it' }))
export const shelfTooLong = problem(422, 'monitoring.shelf-too-long', ({ hours }: { hours: number }) => ({
  zh: `搁置须在 ${hours} 小时内结束，且晚于现在`,
  en: `A shelf ends within ${hours} hours, and later than now`,
}))
export const trialTooLong = problem(422, 'monitoring.trial-too-long', ({ days }: { days: number }) => ({ zh: `试算最多 ${days} 天`, en: `A trial run covers ${days} days at most` }))
export const rulesUnsound = problem(422, 'monitoring.rules-unsound', ({ count }: { count: number }) => ({
  zh: `规则文件有 ${count} 处错误，未导入`,
  en: `The file of rules has ${count} faults and was not imported`,
}))
