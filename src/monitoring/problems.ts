import { problem } from '../kernel/index.ts'

export const productUnknown = problem(404, 'monitoring.product-unknown', ({ code }: { code: string }) => ({ zh: `没有产品 ${code}`, en: `There is no product ${code}` }))
export const deviceUnknown = problem(404, 'monitoring.device-unknown', ({ code }: { code: string }) => ({ zh: `没有设备 ${code}`, en: `There is no device ${code}` }))
export const deviceExists = problem(409, 'monitoring.device-exists', ({ code }: { code: string }) => ({ zh: `已有设备 ${code}`, en: `There is a device ${code} already` }))
export const metricUnknown = problem(404, 'monitoring.metric-unknown', ({ code }: { code: string }) => ({ zh: `没有指标 ${code}`, en: `There is no metric ${code}` }))
export const productFaulty = problem(422, 'monitoring.product-faulty', () => ({ zh: '产品定义有误', en: 'The product cannot be used as it is' }))
export const deviceFaulty = problem(422, 'monitoring.device-faulty', () => ({ zh: '设备资料有误', en: 'The device cannot be kept as it is' }))
export const keyWrong = problem(401, 'monitoring.key-wrong', () => ({ zh: '设备代码或密钥不符', en: 'The code of the device or its key is wrong' }))
export const listUnsound = problem(422, 'monitoring.list-unsound', ({ count }: { count: number }) => ({ zh: `列表有 ${count} 处错误，未导入`, en: `The list has ${count} faults and was not imported` }))
export const listMissing = problem(422, 'monitoring.list-missing', () => ({ zh: '请给出 CSV 文本或 Excel 表', en: 'Give the text of a CSV or an Excel sheet' }))
export const nothingToReplay = problem(404, 'monitoring.nothing-to-replay', () => ({ zh: '没有可重放的条目', en: 'There is none of these to be replayed' }))
export const intakeFull = problem(429, 'monitoring.intake-full', () => ({
  zh: '接入缓冲已满，请稍后重发',
  en: 'Too many readings wait to be stored; send them again a little later',
}))
