// The fields of each part of a flow, as data: the form is drawn from them.

import type { Words } from '../../../kernel/contract.ts'
import { clockDoesWords, counterWords, momentWords, needWords, outcomeWords, resultWords, taskWords } from './say-part.ts'

export type FieldKind = 'words' | 'permit' | 'stage' | 'states' | 'state' | 'points' | 'point' | 'clock' | 'step' | 'procedure' | 'flag' | 'closed' | 'number' | 'limit' | 'choice' | 'choices' | 'code' | 'most'

export interface Field {
  readonly name: string
  readonly kind: FieldKind
  readonly label: Words
  readonly help?: Words
  readonly options?: Readonly<Record<string, Words>>
  /** Behind “more”. */
  readonly rare?: true
  readonly min?: number
}

export const unitWords: Record<string, Words> = {
  urgent_hour: { zh: '紧急工作时', en: 'urgent hours' },
  work_hour: { zh: '工作时', en: 'working hours' },
  work_day: { zh: '工作日', en: 'working days' },
}

const NAME: Field = { name: 'words', kind: 'words', label: { zh: '名称', en: 'Name' } }
const NEEDS: readonly Field[] = [
  { name: 'needs', kind: 'choices', label: { zh: '必填', en: 'Must be given' }, options: needWords },
  { name: 'takes', kind: 'choices', label: { zh: '可填', en: 'May be given' }, options: needWords },
]

export const STATE_FIELDS: readonly Field[] = [
  NAME,
  { name: 'stage', kind: 'stage', label: { zh: '阶段', en: 'Stage' } },
  { name: 'awaits', kind: 'permit', label: { zh: '在谁的待办里', en: 'On whose to-do list' }, help: { zh: '持有此许可的人', en: 'Those who hold this permit' } },
  { name: 'task', kind: 'choice', label: { zh: '现场任务', en: 'Task on site' }, options: taskWords },
  { name: 'ended', kind: 'flag', label: { zh: '案件到此结束', en: 'The case ends here' } },
  { name: 'paused', kind: 'flag', label: { zh: '在此停钟', en: 'Time stands still here' } },
]

export const STEP_FIELDS: readonly Field[] = [
  NAME,
  { name: 'from', kind: 'states', label: { zh: '从', en: 'From' } },
  { name: 'to', kind: 'state', label: { zh: '到', en: 'To' }, help: { zh: '不填：案件留在原处', en: 'Left out: the case stays where it is' } },
  { name: 'permit', kind: 'permit', label: { zh: '谁可以执行', en: 'Who may take it' }, help: { zh: '不填：由系统或程序执行', en: 'Left out: the platform or a procedure takes it' } },
  { name: 'clock', kind: 'clock', label: { zh: '起计时限', en: 'Starts the limit' } },
  ...NEEDS,
  { name: 'primary', kind: 'flag', label: { zh: '通常走这一步', en: 'The usual way' } },
  { name: 'disposes', kind: 'flag', label: { zh: '执行人算处置人', en: 'Who takes it has disposed of the case' } },
  { name: 'byDisposer', kind: 'closed', label: { zh: '处置人不得执行（管评分离）', en: 'Refused to whoever disposed' } },
  { name: 'clockDoes', kind: 'choice', label: { zh: '不起计时，原时钟', en: 'Without a limit of its own, the clock' }, options: clockDoesWords, rare: true },
  { name: 'then', kind: 'step', label: { zh: '随后自动执行', en: 'Followed at once by' }, rare: true },
  { name: 'starts', kind: 'procedure', label: { zh: '随后自动启动程序', en: 'Begins the procedure' }, rare: true },
  { name: 'gives', kind: 'choice', label: { zh: '派发现场任务', en: 'Gives a task on site' }, options: taskWords, rare: true },
  { name: 'outcome', kind: 'choice', label: { zh: '上报的去向', en: 'Where the report ends' }, options: outcomeWords, rare: true },
  { name: 'moments', kind: 'choices', label: { zh: '记录时间', en: 'Stamps' }, options: momentWords, rare: true },
  { name: 'clears', kind: 'choices', label: { zh: '清除', en: 'Clears' }, options: { unit: { zh: '处置单位', en: 'Unit' }, ...momentWords }, rare: true },
  { name: 'counts', kind: 'choice', label: { zh: '计入', en: 'Counts as' }, options: counterWords, rare: true },
  { name: 'reasons', kind: 'code', label: { zh: '理由字典', en: 'Dictionary of reasons' }, rare: true },
  { name: 'remembers', kind: 'flag', label: { zh: '记住原来的状态', en: 'Remembers where the case stood' }, rare: true },
  { name: 'back', kind: 'flag', label: { zh: '回到原来的状态', en: 'Leads back to where it stood' }, rare: true },
  { name: 'joins', kind: 'flag', label: { zh: '协办全部反馈后才可执行', en: 'Only once all assisting units are done' }, rare: true },
  { name: 'parts', kind: 'flag', label: { zh: '给协办单位分任务', en: 'Gives assisting units their parts' }, rare: true },
]

export const CLOCK_FIELDS: readonly Field[] = [
  NAME,
  {
    name: 'by',
    kind: 'choice',
    label: { zh: '时限来自', en: 'The limit comes from' },
    options: { flow: { zh: '流程', en: 'the flow' }, condition: { zh: '立案条件', en: 'the filing condition' } },
  },
  { name: 'amount', kind: 'number', label: { zh: '时限', en: 'Limit' }, help: { zh: '来自立案条件时，没有条件的案件用它', en: 'By filing condition: for cases that have none' } },
  { name: 'unit', kind: 'choice', label: { zh: '单位', en: 'Unit' }, options: unitWords },
  { name: 'share', kind: 'number', label: { zh: '取立案条件时限的几成（0–1）', en: 'Share of the limit (0–1)' }, rare: true },
  { name: 'least', kind: 'number', label: { zh: '至少', en: 'At least' }, rare: true },
]

export const PROCEDURE_FIELDS: readonly Field[] = [
  NAME,
  { name: 'most', kind: 'most', label: { zh: '最多几次', en: 'At most' } },
  { name: 'window', kind: 'limit', label: { zh: '派遣后多久内可申请', en: 'Only within, since the dispatch' } },
  { name: 'longestDays', kind: 'number', label: { zh: '最长天数', en: 'Longest, in days' }, min: 1 },
  { name: 'beforeDue', kind: 'flag', label: { zh: '只在时限届满前', en: 'Only before the limit has passed' } },
  { name: 'lapses', kind: 'flag', label: { zh: '案件离开时自动终止', en: 'Ends by itself when the case moves on' } },
  { name: 'several', kind: 'flag', label: { zh: '可同时进行多个', en: 'Several at once' } },
]

export const POINT_FIELDS: readonly Field[] = [
  NAME,
  { name: 'awaits', kind: 'permit', label: { zh: '在谁的待办里', en: 'On whose list' } },
  { name: 'limit', kind: 'limit', label: { zh: '时限', en: 'Limit' } },
  { name: 'ended', kind: 'flag', label: { zh: '程序到此结束', en: 'The procedure ends here' } },
  { name: 'result', kind: 'choice', label: { zh: '结果', en: 'Result' }, options: resultWords },
]

const actFields = (from: Field): readonly Field[] => [
  NAME,
  from,
  { name: 'to', kind: 'point', label: { zh: '到', en: 'To' }, help: { zh: '不填：留在原处', en: 'Left out: it stays where it is' } },
  { name: 'permit', kind: 'permit', label: { zh: '谁可以执行', en: 'Who may take it' } },
  ...NEEDS,
  { name: 'then', kind: 'step', label: { zh: '案件随后执行', en: 'The case then takes' } },
  { name: 'byOpener', kind: 'closed', label: { zh: '申请人不得执行', en: 'Refused to whoever opened it' } },
  { name: 'counts', kind: 'choice', label: { zh: '计入', en: 'Counts as' }, options: counterWords, rare: true },
  { name: 'reasons', kind: 'code', label: { zh: '理由字典', en: 'Dictionary of reasons' }, rare: true },
]

export const OPENS_FIELDS = actFields({ name: 'from', kind: 'states', label: { zh: '案件处于', en: 'While the case is' } })
export const ACT_FIELDS = actFields({ name: 'from', kind: 'points', label: { zh: '从', en: 'From' } })
