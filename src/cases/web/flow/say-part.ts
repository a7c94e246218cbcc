import type { Words } from '../../../kernel/contract.ts'
import { NEEDS, type COUNTERS, type MOMENTS, type Need, type OUTCOMES } from '../../flow.ts'

export const needWords: Record<Need, Words> = {
  reason: { zh: '理由', en: 'Reason' },
  condition: { zh: '立案条件', en: 'Filing condition' },
  unit: { zh: '处置单位', en: 'Unit' },
  photo: { zh: '照片', en: 'Photo' },
  collector: { zh: '采集员', en: 'Collector' },
  note: { zh: '说明', en: 'Note' },
  category: { zh: '类别', en: 'Category' },
  target: { zh: '合并到的案件', en: 'Case to merge into' },
  until: { zh: '截止时间', en: 'Until when' },
  helpers: { zh: '协办单位', en: 'Assisting units' },
  units: { zh: '会商单位', en: 'Units to confer' },
  limit: { zh: '内部时限', en: 'Inner limit' },
  cost: { zh: '费用', en: 'Cost' },
  outside: { zh: '转办单位与文号', en: 'Whom it is passed to' },
}
export const needs = Object.entries(needWords).filter(([need]) => NEEDS.includes(need as Need))

export const outcomeWords: Record<(typeof OUTCOMES)[number], Words> = {
  pending: { zh: '未定', en: 'Pending' },
  declined: { zh: '不予立案', en: 'Declined' },
  void: { zh: '作废', en: 'Void' },
  'self-disposed': { zh: '自行处置', en: 'Disposed on the spot' },
  established: { zh: '立案', en: 'Established' },
  merged: { zh: '合并', en: 'Merged' },
  answered: { zh: '答复', en: 'Answered' },
}

export const momentWords: Record<(typeof MOMENTS)[number], Words> = {
  acceptedAt: { zh: '受理时间', en: 'Accepted' },
  establishedAt: { zh: '立案时间', en: 'Established' },
  dispatchedAt: { zh: '派遣时间', en: 'Dispatched' },
  disposedAt: { zh: '处置时间', en: 'Disposed' },
  checkedAt: { zh: '核查时间', en: 'Checked' },
}

export const counterWords: Record<(typeof COUNTERS)[number], Words> = {
  returns: { zh: '回退', en: 'Returns' },
  reworks: { zh: '返工', en: 'Reworks' },
  extensions: { zh: '延期', en: 'Extensions' },
  suspensions: { zh: '挂账', en: 'Suspensions' },
  shirks: { zh: '推诿', en: 'Shirks' },
  urges: { zh: '催办', en: 'Urges' },
  orders: { zh: '督办', en: 'Supervision orders' },
  mediaOrders: { zh: '媒体督办', en: 'Orders after the media' },
  reopens: { zh: '重开', en: 'Reopened' },
}

export const clockDoesWords: Record<string, Words> = {
  keep: { zh: '照走', en: 'goes on' },
  extend: { zh: '加一个原时限', en: 'gets one more limit' },
  pause: { zh: '停钟', en: 'stops' },
  resume: { zh: '续走', en: 'goes on with what was left' },
}

export const taskWords: Record<string, Words> = { verify: { zh: '核实', en: 'Verify' }, check: { zh: '核查', en: 'Check' } }

export const resultWords: Record<string, Words> = {
  granted: { zh: '同意', en: 'granted' },
  refused: { zh: '不同意', en: 'refused' },
  withdrawn: { zh: '撤回', en: 'withdrawn' },
  done: { zh: '办结', en: 'done' },
}

export const groupWords: Record<'states' | 'steps' | 'clocks' | 'procedures', Words> = {
  states: { zh: '状态', en: 'State' },
  steps: { zh: '步骤', en: 'Step' },
  clocks: { zh: '时限', en: 'Limit' },
  procedures: { zh: '程序', en: 'Procedure' },
}
