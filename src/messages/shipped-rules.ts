// The rules that come with the program. A city changes them, switches them off and adds its own; these stay as they are.

import type { Words } from '../kernel/contract.ts'
import type { Audience, Channel, NamedRule, Rule } from './rule.ts'

const USUAL: Omit<Rule, 'name' | 'on' | 'about' | 'audience' | 'channels' | 'template'> = {
  clocks: [],
  levels: [],
  sources: [],
  after: null,
  stops: false,
  urgent: false,
  digest: false,
  enabled: true,
}

type More = Partial<Rule>
const rule = (code: string, name: Words, on: Rule['on'], about: string, audience: Audience, channels: string, more: More = {}): NamedRule => ({
  ...USUAL,
  code,
  name,
  on,
  about: about.split(' '),
  audience,
  channels: channels.split(' ') as Channel[],
  template: code,
  ...more,
})

/** 反映人: by SMS, and by e-mail where one was left. */
const toReporter = (code: string, zh: string, en: string, steps: string, more: More = {}) =>
  rule(`reporter-${code}`, { zh: `反映人：${zh}`, en: `To the reporter: ${en}` }, 'step', steps, 'reporter', 'sms email', more)

const toStaff = (code: string, zh: string, en: string, steps: string, audience: Audience, channels = 'app', more: More = {}) =>
  rule(code, { zh, en }, 'step', steps, audience, channels, more)

const DISPOSAL = ['dispose', 'rework']

export const SHIPPED_RULES: readonly NamedRule[] = [
  toReporter('accepted', '已受理', 'accepted', 'accept verified'),
  toReporter('declined', '不予立案', 'declined', 'decline'),
  toReporter('answered', '已答复', 'answered', 'answer'),
  toReporter('supplement', '请补充材料', 'further material is needed', 'supplement'),
  toReporter('dispatched', '已派人处理', 'a crew was sent', 'dispatch'),
  toReporter('extended', '延期', 'more time', 'extended'),
  toReporter('suspended', '挂账', 'suspended', 'suspend'),
  toReporter('transferred', '转办', 'passed on', 'transfer'),
  toReporter('merged', '并案办理', 'joined with others', 'merge'),
  toReporter('disposed', '已处理，待核查', 'fixed, to be checked', 'dispose', { enabled: false }),
  toReporter('closed', '已办结', 'closed', 'close self-dispose root-ended'),
  toReporter('reopened', '重新办理', 'taken up again', 'reopen'),
  toReporter('voided', '已作废', 'void', 'void'),

  toStaff('dispatched', '派遣到单位', 'Sent to a unit', 'dispatch assign pass-down', 'unit', 'app wecom dingtalk email'),
  toStaff('returned', '已回退，待重新派遣', 'Returned, to be dispatched anew', 'return climb transfer-back', 'dispatcher'),
  toStaff('reworked', '返工', 'Rework', 'rework reopen', 'unit', 'app wecom dingtalk email'),
  toStaff('urged', '催办', 'Urged', 'urge', 'unit', 'app sms wecom dingtalk', { urgent: true }),
  toStaff('ordered', '督办', 'Supervision order', 'supervise.open supervise.insist', 'participants', 'app sms wecom dingtalk email', { urgent: true }),
  toStaff('ordered-leader', '督办（单位负责人）', 'Supervision order, to the unit’s leader', 'supervise.open supervise.insist', 'unit-leader', 'app sms', {
    template: 'ordered',
    urgent: true,
  }),
  toStaff('order-replied', '督办已回复', 'An order was replied to', 'supervise.reply supervise.report', 'city-leader'),
  toStaff('asked', '待审批的申请', 'A request waits', 'extend.open suspend.open return.open', 'shift-lead'),
  toStaff('endorsed', '待领导审批的申请', 'A request waits for a leader', 'extend.endorse suspend.endorse', 'city-leader'),
  toStaff('granted', '申请已同意', 'A request was granted', 'extend.grant extend.grant-high suspend.grant return.grant appeal.grant', 'unit'),
  toStaff(
    'refused',
    '申请未同意',
    'A request was refused',
    'extend.refuse extend.refuse-high suspend.refuse suspend.refuse-high return.refuse return.shirk appeal.refuse appeal.refuse-again',
    'unit',
    'app wecom dingtalk',
  ),
  toStaff('woken', '挂账到期，恢复办理', 'A suspension ended', 'wake', 'unit', 'app wecom dingtalk'),
  toStaff('woken-dispatcher', '挂账到期（派遣员）', 'A suspension ended, to dispatchers', 'wake', 'dispatcher', 'app', { template: 'woken' }),
  toStaff('conferred', '会商邀请', 'Called to confer', 'confer.open', 'participants', 'app wecom dingtalk'),
  toStaff('assisting', '协办任务', 'A part in a joint case', 'dispatch assign', 'assisting', 'app wecom dingtalk'),
  toStaff('shirk-ruled', '推诿认定', 'A ruling on shirking', 'shirk.open shirk.uphold shirk.dismiss', 'participants'),
  toStaff('appealed', '申诉待审', 'An appeal waits', 'appeal.open', 'dispatcher'),
  toStaff('closed', '本单位办结（汇总）', 'Closed cases of the unit, together', 'close void', 'unit', 'app', { digest: true, enabled: false }),

  rule('task-given', { zh: '核实核查任务', en: 'A task on site' }, 'task', 'verify check', 'collector', 'app'),

  // 黄灯催办，红灯升级
  rule('lamp-yellow', { zh: '黄灯：催办处置单位', en: 'Yellow: urge the unit' }, 'lamp', 'yellow', 'unit', 'app sms wecom dingtalk', { clocks: DISPOSAL, stops: true }),
  rule('lamp-red', { zh: '红灯：处置单位负责人', en: 'Red: the unit’s leader' }, 'lamp', 'red', 'unit-leader', 'app sms wecom dingtalk', { clocks: DISPOSAL, stops: true }),
  rule('lamp-red-upper', { zh: '红灯：上级单位（三、四级单位）', en: 'Red: the unit above, of levels 3 and 4' }, 'lamp', 'red', 'upper-unit', 'app', {
    clocks: DISPOSAL,
    levels: [3, 4],
    stops: true,
    template: 'lamp-red',
  }),
  rule('lamp-red-lead', { zh: '红灯：值班长', en: 'Red: shift leads' }, 'lamp', 'red', 'shift-lead', 'app', { template: 'lamp-red', stops: true }),
  rule('lamp-red-day', { zh: '红灯满 1 工作日：分管领导', en: 'Red for a working day: city leaders' }, 'lamp', 'red', 'city-leader', 'app sms wecom dingtalk', {
    clocks: DISPOSAL,
    after: { amount: 1, unit: 'work_day' },
    stops: true,
    template: 'lamp-red-day',
  }),
]
