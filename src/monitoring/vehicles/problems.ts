import { problem } from '../../kernel/index.ts'

export const vehicleUnknown = problem(404, 'monitoring.vehicle-unknown', ({ code }: { code: string }) => ({ zh: `没有车辆 ${code}`, en: `There is no vehicle ${code}` }))
export const vehicleExists = problem(409, 'monitoring.vehicle-exists', ({ code }: { code: string }) => ({ zh: `已有车辆 ${code}`, en: `There is a vehicle ${code} already` }))
export const vehicleFaulty = problem(422, 'monitoring.vehicle-faulty', () => ({ zh: '车辆资料有误', en: 'The vehicle cannot be kept as it is' }))
export const trackTooLong = problem(422, 'monitoring.track-too-long', () => ({ zh: '轨迹一次最多看一天，且结束须晚于开始', en: 'A track is of a day at most, and ends behind its beginning' }))
export const trackFull = problem(422, 'monitoring.track-full', ({ most }: { most: number }) => ({
  zh: `这段时间的位置超过 ${most} 条，请缩短时间`,
  en: `There are more than ${most} positions in this time; ask for a shorter one`,
}))
