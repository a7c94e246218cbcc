import { problem } from '../../../kernel/index.ts'

export const reportUnknown = problem(404, 'monitoring.flood-report-unknown', () => ({ zh: '没有这期快报', en: 'There is no such report' }))
export const reportIssued = problem(409, 'monitoring.flood-report-issued', () => ({ zh: '快报已签发，不能再改', en: 'The report is issued and cannot be changed any more' }))
export const reportChanged = problem(409, 'monitoring.flood-report-changed', () => ({ zh: '有人刚改过这期快报，请刷新后再试', en: 'Someone else has just changed this report; load it again' }))
export const rainUnknown = problem(404, 'monitoring.flood-rain-unknown', () => ({ zh: '没有已结束的降雨过程', en: 'There is no such rain that is over' }))
export const rainGoesOn = problem(409, 'monitoring.flood-rain-goes-on', () => ({ zh: '雨还在下，停雨 10 分钟后再生成雨后快报', en: 'It still rains; the report is made ten minutes after the last rain' }))
export const expectedNotWanted = problem(422, 'monitoring.flood-expected-not-wanted', () => ({ zh: '只有雨前快报可填写预报雨量', en: 'Only a report before the rain takes rain that is foretold' }))
