import { problem, type Words } from '../kernel/index.ts'

export const caseUnknown = problem(404, 'case.unknown', ({ number }: { number: string }) => ({
  zh: `没有案件 ${number}`,
  en: `There is no case ${number}`,
}))
export const stepNotOpen = problem(409, 'case.step-not-open', ({ step, state }: { step: Words | string; state: Words }) => ({
  zh: `案件${state.zh}，不能${typeof step === 'string' ? `执行 ${step}` : step.zh}`,
  en: `The case is “${state.en}”: “${typeof step === 'string' ? step : step.en}” is not open`,
}))
export const caseMoved = problem(409, 'case.moved', ({ number }: { number: string }) => ({
  zh: `案件 ${number} 已由他人办理，请刷新`,
  en: `Someone else has moved case ${number} on meanwhile; look again`,
}))
export const actNotOpen = problem(409, 'case.act-not-open', ({ act, because }: { act: Words | string; because: Words }) => ({
  zh: `不能${typeof act === 'string' ? act : act.zh}：${because.zh}`,
  en: `“${typeof act === 'string' ? act : act.en}” is not open: ${because.en}`,
}))
export const openerNeverDecides = problem(403, 'case.opener-never-decides', () => ({
  zh: '申请人不能审批自己的申请',
  en: 'Whoever asked never decides',
}))
export const untilPassed = problem(422, 'case.until-passed', () => ({ zh: '截止时间须在此刻之后', en: 'The time must lie ahead' }))
export const untilTooFar = problem(422, 'case.until-too-far', ({ days }: { days: number }) => ({
  zh: `最长不超过 ${days} 天`,
  en: `At most ${days} days ahead`,
}))
export const unitNotBelow = problem(422, 'case.unit-not-below', ({ unit }: { unit: Words }) => ({
  zh: `${unit.zh} 不是当前处置单位的下级`,
  en: `${unit.en} does not lie below the unit that has the case`,
}))
export const unitNotAbove = problem(409, 'case.unit-not-above', () => ({
  zh: '本单位直接对派遣员负责，请申请回退',
  en: 'This unit answers to the dispatcher: ask to return the case',
}))
export const helperTwice = problem(422, 'case.helper-twice', () => ({
  zh: '牵头单位不能同时是协办单位',
  en: 'The leading unit cannot assist itself',
}))
export const partsOpen = problem(409, 'case.parts-open', ({ units }: { units: Words[] }) => ({
  zh: `协办单位尚未反馈：${units.map(({ zh }) => zh).join('、')}`,
  en: `Assisting units have not given their feedback yet: ${units.map(({ en }) => en).join(', ')}`,
}))
export const partUnknown = problem(404, 'case.part-unknown', () => ({ zh: '没有这项协办任务', en: 'There is no such part' }))
export const partEnded = problem(409, 'case.part-ended', () => ({ zh: '这项协办任务已结束', en: 'This part has ended' }))
export const permitOfUnit = problem(403, 'case.permit-of-unit', ({ unit }: { unit: string }) => ({
  zh: `只有${unit}可以办理`,
  en: `Only ${unit} may do this`,
}))
export const mergedIntoItself = problem(422, 'case.merged-into-itself', () => ({ zh: '不能合并到自身', en: 'A case cannot be merged into itself' }))
export const stepNeeds = problem(422, 'case.step-needs', ({ needs }: { needs: Words[] }) => ({
  zh: `还需要：${needs.map(({ zh }) => zh).join('、')}`,
  en: `Still needed: ${needs.map(({ en }) => en).join(', ')}`,
}))
export const disposerNeverChecks = problem(403, 'case.disposer-never-checks', () => ({
  zh: '处置人不得核查或结案（管评分离）',
  en: 'Whoever disposed of a case never checks or closes it',
}))
export const taskOfAnother = problem(403, 'case.task-of-another', () => ({
  zh: '任务不在您名下',
  en: 'This task was given to someone else',
}))
export const taskUnknown = problem(404, 'case.task-unknown', () => ({ zh: '没有这项任务', en: 'There is no such task' }))
export const taskEnded = problem(409, 'case.task-ended', () => ({ zh: '任务已结束或已改派', en: 'The task has ended or was given to someone else' }))
export const nobodyOnDuty = problem(409, 'case.nobody-on-duty', () => ({
  zh: '没有可派的在岗采集员，请指定',
  en: 'No suitable collector is on duty; name one',
}))
export const collectorUnfit = problem(422, 'case.collector-unfit', ({ id }: { id: string }) => ({
  zh: `${id} 不能承担此任务`,
  en: `${id} cannot take this task`,
}))
export const outsideCity = problem(422, 'case.outside-city', () => ({ zh: '位置不在本市范围内', en: 'This place lies outside the city' }))
export const conditionOfOther = problem(422, 'case.condition-of-other', ({ id, category }: { id: string; category: string }) => ({
  zh: `立案条件 ${id} 不属于类别 ${category}`,
  en: `The filing condition ${id} does not belong to the category ${category}`,
}))
export const reasonUnknown = problem(422, 'case.reason-unknown', ({ reason }: { reason: string }) => ({
  zh: `没有理由代码 ${reason}`,
  en: `There is no reason ${reason}`,
}))
export const sourceUnknown = problem(422, 'case.source-unknown', ({ source }: { source: string }) => ({
  zh: `没有上报渠道 ${source}`,
  en: `There is no source ${source}`,
}))
export const componentUnknown = problem(422, 'case.component-unknown', ({ code }: { code: string }) => ({
  zh: `没有部件 ${code}`,
  en: `There is no component ${code}`,
}))
export const filesMissing = problem(422, 'case.files-missing', ({ sha256 }: { sha256: string }) => ({
  zh: `附件不存在：${sha256}`,
  en: `This file was not uploaded: ${sha256}`,
}))
export const notAPhoto = problem(422, 'case.not-a-photo', () => ({ zh: '至少需要一张照片', en: 'At least one photo is needed' }))
export const textTooShort = problem(422, 'case.text-too-short', () => ({ zh: '请至少输入两个字', en: 'Search for at least two characters' }))
export const numbersUsedUp = problem(503, 'case.numbers-used-up', ({ district, day }: { district: string; day: string }) => ({
  zh: `${district} 在 ${day} 的案件号已用完`,
  en: `The numbers of ${district} for ${day} are used up`,
}))
export const ratedAlready = problem(409, 'case.rated-already', () => ({ zh: '已经评价过', en: 'This case has been rated already' }))
export const mappingDamaged = problem(422, 'case.mapping-damaged', ({ count }: { count: number }) => ({
  zh: `映射文件有 ${count} 处错误`,
  en: `The mapping has ${count} faults`,
}))
export const historyRefused = problem(422, 'case.history-refused', ({ count }: { count: number }) => ({
  zh: `history.csv 有 ${count} 行无法导入`,
  en: `history.csv has ${count} rows that cannot be taken`,
}))
export const bulkNeedsOne = problem(422, 'case.bulk-needs-one', () => ({
  zh: '请给出一个步骤，或一个程序及其动作',
  en: 'Name one step, or one procedure and its act',
}))
