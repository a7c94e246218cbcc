import { problem } from '../../kernel/index.ts'

export const flowUnknown = problem(404, 'case.flow-unknown', ({ flow }: { flow: string }) => ({ zh: `没有流程 ${flow}`, en: `There is no flow ${flow}` }))
export const draftUnknown = problem(404, 'case.flow-draft-unknown', ({ code }: { code: string }) => ({ zh: `没有草稿 ${code}`, en: `There is no draft ${code}` }))
export const draftThere = problem(409, 'case.flow-draft-there', ({ code, by }: { code: string; by: string }) => ({
  zh: `${code} 已有草稿，由${by}保存`,
  en: `There is a draft of ${code} already, saved by ${by}`,
}))
export const draftMoved = problem(409, 'case.flow-draft-moved', ({ by }: { by: string }) => ({
  zh: `草稿已由${by}另行保存，请重新载入`,
  en: `${by} has saved the draft meanwhile; load it again`,
}))
export const flowFaulty = problem(422, 'case.flow-faulty', ({ faults }: { faults: number }) => ({
  zh: `流程有 ${faults} 处问题，不能发布`,
  en: `The flow has ${faults} faults and cannot be published`,
}))
export const useInPast = problem(422, 'case.flow-use-in-past', () => ({ zh: '启用时间不能早于现在', en: 'A flow cannot be in use from a time that has passed' }))
export const districtUnknown = problem(422, 'case.flow-district-unknown', ({ district }: { district: string }) => ({
  zh: `没有区县 ${district}`,
  en: `There is no district ${district}`,
}))
export const codeOfDraft = problem(422, 'case.flow-code', ({ code }: { code: string }) => ({
  zh: `草稿的代码须为 ${code}`,
  en: `The code of the draft must be ${code}`,
}))
export const mappingFaulty = problem(422, 'case.flow-mapping-faulty', () => ({
  zh: '有的状态没有可去之处',
  en: 'Some states have nowhere to go',
}))
export const mappingSame = problem(422, 'case.flow-mapping-same', () => ({ zh: '两个流程相同', en: 'The two flows are the same' }))
export const mappingRuns = problem(409, 'case.flow-mapping-runs', ({ name }: { name: string }) => ({
  zh: `“${name}”还在进行`,
  en: `“${name}” is still under way`,
}))
