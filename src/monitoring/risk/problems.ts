import { problem } from '../../kernel/index.ts'

export const riskUnknown = problem(404, 'monitoring.risk-unknown', ({ code }: { code: string }) => ({ zh: `没有风险 ${code}`, en: `There is no risk ${code}` }))
export const riskExists = problem(409, 'monitoring.risk-exists', ({ code }: { code: string }) => ({ zh: `已有风险 ${code}`, en: `There is a risk ${code} already` }))
export const riskFaulty = problem(422, 'monitoring.risk-faulty', () => ({ zh: '风险资料有误', en: 'The risk cannot be kept as it is' }))
export const riskEnded = problem(409, 'monitoring.risk-ended', ({ code }: { code: string }) => ({ zh: `风险 ${code} 已消除`, en: `The risk ${code} is removed already` }))
export const matrixFaulty = problem(422, 'monitoring.risk-matrix-faulty', () => ({ zh: '风险矩阵有误', en: 'The matrix cannot be used as it is' }))
export const hazardUnknown = problem(404, 'monitoring.hazard-unknown', ({ code }: { code: string }) => ({ zh: `没有隐患 ${code}`, en: `There is no hazard ${code}` }))
export const hazardFaulty = problem(422, 'monitoring.hazard-faulty', () => ({ zh: '隐患资料有误', en: 'The hazard cannot be kept as it is' }))
