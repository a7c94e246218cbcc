import { problem } from '../../../kernel/index.ts'

export const assignmentUnknown = problem(404, 'monitoring.flood-assignment-unknown', () => ({ zh: '没有这次叫应或指令', en: 'There is no such call-up or order' }))
export const assignmentEnded = problem(409, 'monitoring.flood-assignment-ended', () => ({ zh: '已经结束', en: 'It has ended' }))
export const markMeasured = problem(409, 'monitoring.flood-mark-measured', () => ({ zh: '此节点已由设备实测', en: 'The device has measured this mark already' }))
export const markForeign = problem(422, 'monitoring.flood-mark-foreign', () => ({ zh: '叫应没有这个节点', en: 'A call-up has no such mark' }))
export const pointWithoutPlace = problem(422, 'monitoring.flood-point-without-place', ({ name }: { name: string }) => ({
  zh: `${name} 没有坐标，到场无法实测`,
  en: `${name} has no position, so arrival cannot be measured`,
}))
export const nobodyOnRoll = problem(422, 'monitoring.flood-nobody', ({ names }: { names: string }) => ({ zh: `${names} 没有登记责任人`, en: `Nobody is on the roll of ${names}` }))
export const nonePending = problem(422, 'monitoring.flood-no-point', () => ({ zh: '没有达到该等级的积水点', en: 'No flood point stands at this level' }))
export const whomUnclear = problem(422, 'monitoring.flood-whom', () => ({ zh: '指令须给一名人员或一辆泵车', en: 'An order is for one person or one pump truck' }))
export const pointsUnclear = problem(422, 'monitoring.flood-which', () => ({ zh: '请指明点位或等级之一', en: 'Name either points or a level' }))
export const personUnknown = problem(422, 'monitoring.flood-person-unknown', () => ({ zh: '人员名册中没有此人', en: 'The registry does not know this person' }))
export const personUnreachable = problem(422, 'monitoring.flood-person-unreachable', ({ name }: { name: string }) => ({
  zh: `${name} 不能在手机上接收指令，请电话联系`,
  en: `${name} cannot take orders on a phone: telephone them`,
}))
export const truckUnfit = problem(422, 'monitoring.flood-truck-unfit', ({ code }: { code: string }) => ({ zh: `${code} 不是在用的泵车`, en: `${code} is no pump truck in service` }))
export const truckBusy = problem(409, 'monitoring.flood-truck-busy', ({ name, point }: { name: string; point: string }) => ({ zh: `${name} 正在执行 ${point} 的指令`, en: `${name} has an order at ${point}` }))
