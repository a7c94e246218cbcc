import type { Words } from '../kernel/contract.ts'
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
export const calendarUnknown = problem(404, 'registry.calendar-unknown', ({ version }: { version: number }) => ({
  zh: `没有日历版本 ${version}`,
  en: `There is no version ${version} of the calendar`,
}))
export const calendarMoved = problem(409, 'registry.calendar-moved', ({ version }: { version: number }) => ({
  zh: `日历已有新版本 ${version}，请在其上重新修改`,
  en: `Version ${version} of the calendar was published meanwhile; edit that one`,
}))
export const calendarBroken = problem(422, 'registry.calendar-broken', ({ why }: { why: Words }) => ({
  zh: `日历有误：${why.zh}`,
  en: `The calendar is wrong: ${why.en}`,
}))
export const settingUnknown = problem(404, 'registry.setting-unknown', ({ code }: { code: string }) => ({
  zh: `没有参数 ${code}`,
  en: `There is no setting ${code}`,
}))
export const settingOutside = problem(422, 'registry.setting-outside', ({ least, most, unit }: { least: number; most: number; unit: Words }) => ({
  zh: `应为 ${least} 到 ${most} 的整数（${unit.zh}）`,
  en: `It must be a whole number from ${least} to ${most} (${unit.en})`,
}))
