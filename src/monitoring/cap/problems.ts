import { problem } from '../../kernel/index.ts'

export const warningUnknown = problem(404, 'monitoring.warning-unknown', () => ({ zh: '没有这条预警', en: 'There is no such warning' }))
