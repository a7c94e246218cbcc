import type { Words } from '../../kernel/contract.ts'
import type { RESULTS } from '../contract.ts'

type Result = (typeof RESULTS)[number]

const USUAL: Record<Result, Words> = {
  granted: { zh: '同意', en: 'Granted' },
  refused: { zh: '不同意', en: 'Refused' },
  withdrawn: { zh: '撤回或终止', en: 'Withdrawn' },
  done: { zh: '办结', en: 'Done' },
}

const OWN: Readonly<Record<string, Partial<Record<Result, Words>>>> = {
  return: { granted: { zh: '准予回退', en: 'Granted' }, refused: { zh: '驳回', en: 'Refused' } },
  appeal: { granted: { zh: '成立', en: 'Upheld' }, refused: { zh: '不成立', en: 'Refused' } },
  callback: { granted: { zh: '满意', en: 'Satisfied' }, refused: { zh: '不满意', en: 'Not satisfied' }, withdrawn: { zh: '未能接通', en: 'Not reached' } },
  shirk: { granted: { zh: '认定', en: 'Upheld' }, refused: { zh: '不予认定', en: 'Dismissed' } },
  supervise: { done: { zh: '已销号', en: 'Lifted' } },
  transfer: { refused: { zh: '对方退回', en: 'Sent back' }, done: { zh: '已回复', en: 'Replied' } },
  supplement: { done: { zh: '已补充', en: 'Supplied' }, refused: { zh: '未补充', en: 'Not supplied' } },
}

/** How the results of a procedure are called there. */
export const resultWords = (kind: string): Record<Result, Words> => ({ ...USUAL, ...OWN[kind] })
