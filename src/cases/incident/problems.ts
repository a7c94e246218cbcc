import { problem } from '../../kernel/index.ts'

export const targetEnded = problem(409, 'case.target-ended', ({ number }: { number: string }) => ({
  zh: `案件 ${number} 已办结，不能再并入；请按新案件办理`,
  en: `Case ${number} has ended and takes no more reports; treat this one as new`,
}))
export const notMerged = problem(409, 'case.not-merged', ({ number }: { number: string }) => ({
  zh: `案件 ${number} 没有并入其他案件`,
  en: `Case ${number} is not merged into another`,
}))
export const stormUnknown = problem(404, 'case.storm-unknown', () => ({ zh: '没有这个同源事件', en: 'There is no such storm' }))
export const stormEnded = problem(409, 'case.storm-ended', () => ({ zh: '这个同源事件已处理完', en: 'This storm has been settled' }))
export const notOfStorm = problem(422, 'case.not-of-storm', ({ number }: { number: string }) => ({
  zh: `案件 ${number} 不属于这个同源事件`,
  en: `Case ${number} does not belong to this storm`,
}))
