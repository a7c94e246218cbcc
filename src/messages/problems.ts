import { problem } from '../kernel/index.ts'

export const templateFaulty = problem(422, 'messages.template-faulty', () => ({ zh: '模板有误', en: 'The template cannot be used as it is' }))
export const ruleFaulty = problem(422, 'messages.rule-faulty', () => ({ zh: '规则有误', en: 'The rule cannot be used as it is' }))
export const templateInUse = problem(409, 'messages.template-in-use', ({ rule }: { rule: string }) => ({
  zh: `规则“${rule}”在用此模板`,
  en: `The rule “${rule}” uses this template`,
}))
export const templateUnknown = problem(404, 'messages.template-unknown', ({ code }: { code: string }) => ({
  zh: `没有模板 ${code}`,
  en: `There is no template ${code}`,
}))
export const ruleUnknown = problem(404, 'messages.rule-unknown', ({ code }: { code: string }) => ({ zh: `没有规则 ${code}`, en: `There is no rule ${code}` }))
export const channelUnknown = problem(404, 'messages.channel-unknown', ({ code }: { code: string }) => ({
  zh: `没有渠道 ${code}`,
  en: `There is no channel ${code}`,
}))
export const channelFaulty = problem(422, 'messages.channel-faulty', ({ why }: { why: { zh: string; en: string } }) => ({
  zh: `渠道设置有误：${why.zh}`,
  en: `The channel cannot be used as it is: ${why.en}`,
}))
export const channelSetOutside = problem(409, 'messages.channel-set-outside', () => ({
  zh: '此渠道由环境设置给出，不能在此修改',
  en: 'This channel is given by the environment and cannot be changed here',
}))
export const hostNotAllowed = problem(422, 'messages.host-not-allowed', ({ address }: { address: string }) => ({
  zh: `不能发往 ${address}：须是 http(s) 地址，且主机在 CHENGYUN_OUTBOUND 所列之中（未设时仅限公网）`,
  en: `Nothing may be sent to ${address}: it must be http(s) and a host of CHENGYUN_OUTBOUND (a public one where that is not set)`,
}))
export const subscriptionUnknown = problem(404, 'messages.subscription-unknown', () => ({ zh: '没有此订阅', en: 'There is no such subscription' }))
export const messageUnknown = problem(404, 'messages.unknown', () => ({ zh: '没有此消息', en: 'There is no such message' }))
export const quietFaulty = problem(422, 'messages.settings-faulty', () => ({ zh: '时段须为 00:00 至 23:59', en: 'Hours are written 00:00 to 23:59' }))
