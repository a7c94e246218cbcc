import { problem } from '../../kernel/index.ts'

export const responseUnknown = problem(404, 'case.response-unknown', () => ({ zh: '没有这次应急响应', en: 'There is no such response' }))
export const responseEnded = problem(409, 'case.response-ended', () => ({ zh: '这次应急响应已经结束', en: 'This response has ended' }))
export const responseRunning = problem(409, 'case.response-running', ({ name }: { name: string }) => ({
  zh: `${name} 已在响应此案`,
  en: `${name} is already responding to this case`,
}))
export const responderUnfit = problem(422, 'case.responder-unfit', ({ id }: { id: string }) => ({
  zh: `${id} 不能在此处接受应急任务`,
  en: `${id} cannot take emergency orders here`,
}))
export const caseHasEnded = problem(409, 'case.ended', () => ({ zh: '案件已经结束', en: 'This case has ended' }))
export const caseHasNoPlace = problem(422, 'case.no-place', () => ({ zh: '案件没有坐标，到场无法实测', en: 'The case has no position, so arrival cannot be measured' }))
export const markTaken = problem(409, 'case.mark-taken', () => ({ zh: '此节点已由设备实测', en: 'The device has measured this mark already' }))
