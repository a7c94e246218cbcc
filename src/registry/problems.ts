import { problem } from '../kernel/index.ts'

export const categoryUnknown = problem(404, 'registry.category-unknown', ({ id }: { id: string }) => ({
  zh: `没有类别 ${id}`,
  en: `There is no category ${id}`,
}))
export const conditionUnknown = problem(404, 'registry.condition-unknown', ({ id }: { id: string }) => ({
  zh: `没有立案条件 ${id}`,
  en: `There is no filing condition ${id}`,
}))
export const unitUnknown = problem(404, 'registry.unit-unknown', ({ code }: { code: string }) => ({
  zh: `没有单位 ${code}`,
  en: `There is no unit ${code}`,
}))
export const personUnknown = problem(404, 'registry.person-unknown', () => ({
  zh: '没有这名人员',
  en: 'There is no such person',
}))
export const offDuty = problem(409, 'registry.off-duty', () => ({
  zh: '尚未上岗',
  en: 'Not on duty',
}))
