import { problem } from '../../kernel/index.ts'

export const pointUnknown = problem(404, 'monitoring.flood-point-unknown', ({ device }: { device: string }) => ({ zh: `设备 ${device} 不是积水点`, en: `The device ${device} is no flood point` }))
export const pointFaulty = problem(422, 'monitoring.flood-point-faulty', () => ({ zh: '积水点设置有误', en: 'The flood point cannot be set like this' }))
export const momentAhead = problem(422, 'monitoring.flood-moment-ahead', () => ({ zh: '只能查看现在或过去的时刻', en: 'Only now or a moment of the past can be shown' }))
