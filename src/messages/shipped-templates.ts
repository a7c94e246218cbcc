// The texts that come with the program.

import type { TemplateBody } from './contract.ts'

export interface NamedTemplate extends TemplateBody {
  readonly code: string
}

const text = (reader: TemplateBody['reader']) => (code: string, zh: readonly [subject: string, body: string], en: readonly [string, string]): NamedTemplate => ({
  code,
  name: { zh: zh[0].replaceAll(/\s*\{\w+\}\s*/g, ''), en: en[0].replaceAll(/\s*\{\w+\}\s*/g, '') },
  reader,
  zh: { subject: zh[0], body: zh[1] },
  en: { subject: en[0], body: en[1] },
})
const reporter = text('reporter')
const staff = text('staff')

const ASK_ZH = '查询码 {queryWord}，进度 {link}'
const ASK_EN = 'Code {queryWord}: {link}'
// What it is stands in the subject, which a text to staff begins with.
const WHERE_ZH = '{address}'
const WHERE_EN = '{address}'

export const SHIPPED_TEMPLATES: readonly NamedTemplate[] = [
  reporter(
    'reporter-accepted',
    ['您反映的问题已受理', `您反映的“{category}”（{address}）已受理，编号 {number}。${ASK_ZH}`],
    ['Your report was accepted', `Your report “{category}” ({address}) was accepted as {number}. ${ASK_EN}`],
  ),
  reporter(
    'reporter-declined',
    ['您反映的问题未予立案', `您反映的“{category}”（{address}）未予立案：{reason}。如有疑问可拨打 12345。${ASK_ZH}`],
    ['Your report was not taken on', `Your report “{category}” ({address}) was not taken on: {reason}. Questions: call 12345. ${ASK_EN}`],
  ),
  reporter(
    'reporter-answered',
    ['您反映的问题已答复', `您反映的“{category}”已答复。${ASK_ZH}`],
    ['Your question was answered', `Your question about “{category}” was answered. ${ASK_EN}`],
  ),
  reporter(
    'reporter-supplement',
    ['请补充材料', `您反映的“{category}”（{address}）需要补充材料，工作人员将与您联系。${ASK_ZH}`],
    ['More is needed from you', `For your report “{category}” ({address}) more is needed; we shall contact you. ${ASK_EN}`],
  ),
  reporter(
    'reporter-dispatched',
    ['已派人处理', `您反映的“{category}”（{address}）已由 {unit} 处理，计划 {due} 前完成。${ASK_ZH}`],
    ['A crew was sent', `{unit} is dealing with “{category}” ({address}), planned by {due}. ${ASK_EN}`],
  ),
  reporter(
    'reporter-extended',
    ['处理时间延长', `您反映的“{category}”（{address}）需要更多时间，计划延至 {due}。${ASK_ZH}`],
    ['More time is needed', `“{category}” ({address}) needs more time, now planned by {due}. ${ASK_EN}`],
  ),
  reporter(
    'reporter-suspended',
    ['暂缓办理', `您反映的“{category}”（{address}）因条件所限暂缓办理，具备条件后继续。${ASK_ZH}`],
    ['Put off', `“{category}” ({address}) cannot be dealt with now and goes on when it can. ${ASK_EN}`],
  ),
  reporter(
    'reporter-transferred',
    ['已转有关单位', `您反映的“{category}”（{address}）已转有关单位办理。${ASK_ZH}`],
    ['Passed on', `“{category}” ({address}) was passed to those who answer for it. ${ASK_EN}`],
  ),
  reporter(
    'reporter-merged',
    ['已并案办理', `您反映的“{category}”（{address}）与他人反映的是同一问题，已一并办理，原查询码仍可用。${ASK_ZH}`],
    ['Joined with others', `Others told of the same “{category}” ({address}); it is dealt with together, and your code still works. ${ASK_EN}`],
  ),
  reporter(
    'reporter-disposed',
    ['已处理', `您反映的“{category}”（{address}）已处理，正在核查。${ASK_ZH}`],
    ['Fixed', `“{category}” ({address}) was fixed and is being checked. ${ASK_EN}`],
  ),
  reporter(
    'reporter-closed',
    ['已办结，请评价', `您反映的“{category}”（{address}）已办结。请看结果并评价：{link}，查询码 {queryWord}`],
    ['Closed: is it fixed?', `“{category}” ({address}) is closed. See the result and say whether it is fixed: {link}, code {queryWord}`],
  ),
  reporter(
    'reporter-reopened',
    ['重新办理', `您反映的“{category}”（{address}）已重新办理，计划 {due} 前完成。${ASK_ZH}`],
    ['Taken up again', `“{category}” ({address}) was taken up again, planned by {due}. ${ASK_EN}`],
  ),
  reporter(
    'reporter-voided',
    ['已作废', `您反映的“{category}”（{address}）已作废：{reason}。${ASK_ZH}`],
    ['Void', `Your report “{category}” ({address}) was made void: {reason}. ${ASK_EN}`],
  ),

  staff('dispatched', ['新派遣：{category}', `${WHERE_ZH}，时限 {due}。{description} {link}`], ['New case: {category}', `${WHERE_EN}, due {due}. {description} {link}`]),
  staff('returned', ['待重新派遣：{category}', `${WHERE_ZH}，{step}：{reason} {note} {link}`], ['To be dispatched anew: {category}', `${WHERE_EN}. {step}: {reason} {note} {link}`]),
  staff('reworked', ['返工：{category}', `${WHERE_ZH}，{step}：{note}，时限 {due} {link}`], ['Rework: {category}', `${WHERE_EN}. {step}: {note}. Due {due} {link}`]),
  staff('urged', ['催办：{category}', `${WHERE_ZH}，时限 {due}，请尽快办理。{note} {link}`], ['Urged: {category}', `${WHERE_EN}, due {due}. Please act. {note} {link}`]),
  staff('ordered', ['督办：{category}', `${WHERE_ZH}，{reason}。{note} {link}`], ['Order: {category}', `${WHERE_EN}. {reason}. {note} {link}`]),
  staff('order-replied', ['督办已回复：{category}', `${WHERE_ZH}，{unit}：{note} {link}`], ['Order replied to: {category}', `${WHERE_EN}. {unit}: {note} {link}`]),
  staff('asked', ['{step}：{category}', `${WHERE_ZH}，{unit} {step}，{reason}。{note} {link}`], ['{step}: {category}', `${WHERE_EN}. {unit}, {step}: {reason}. {note} {link}`]),
  staff('endorsed', ['待审批：{category}', `${WHERE_ZH}，{step}。{note} {link}`], ['For your approval: {category}', `${WHERE_EN}. {step}. {note} {link}`]),
  staff('granted', ['{step}：{category}', `${WHERE_ZH}，{step}，时限 {due}。{note} {link}`], ['{step}: {category}', `${WHERE_EN}. {step}. Due {due}. {note} {link}`]),
  staff('refused', ['{step}：{category}', `${WHERE_ZH}，{step}：{note}，时限 {due} {link}`], ['{step}: {category}', `${WHERE_EN}. {step}: {note}. Due {due} {link}`]),
  staff('woken', ['恢复办理：{category}', `${WHERE_ZH}，挂账到期，时限 {due} {link}`], ['Goes on: {category}', `${WHERE_EN}. The suspension has ended. Due {due} {link}`]),
  staff('conferred', ['会商：{category}', `${WHERE_ZH}，请发表意见。{note} {link}`], ['Conference: {category}', `${WHERE_EN}. Your opinion is asked. {note} {link}`]),
  staff('assisting', ['协办：{category}', `${WHERE_ZH}，由 {unit} 牵头，时限 {due} {link}`], ['Assist: {category}', `${WHERE_EN}. Led by {unit}, due {due} {link}`]),
  staff('shirk-ruled', ['{step}：{category}', `${WHERE_ZH}，{step}。{note} {link}`], ['{step}: {category}', `${WHERE_EN}. {step}. {note} {link}`]),
  staff('appealed', ['申诉待审：{category}', `${WHERE_ZH}，{unit} 申诉：{reason} {note} {link}`], ['Appeal: {category}', `${WHERE_EN}. {unit} appeals: {reason} {note} {link}`]),
  staff('closed', ['{step}：{category}', `${WHERE_ZH} {link}`], ['{step}: {category}', `${WHERE_EN} {link}`]),
  staff('task-given', ['新任务：{step} {category}', `${WHERE_ZH}，时限 {due}。{description}`], ['New task: {step}, {category}', `${WHERE_EN}, due {due}. {description}`]),
  staff('lamp-yellow', ['临期：{category}', `${WHERE_ZH}，{clock}时限 {due}，请抓紧办理。{link}`], ['Nearly due: {category}', `${WHERE_EN}. {clock} is due {due}. {link}`]),
  staff('lamp-red', ['超时：{category}', `${WHERE_ZH}，{unit}，{clock}时限 {due} 已过。{link}`], ['Overdue: {category}', `${WHERE_EN}. {unit}: {clock} was due {due}. {link}`]),
  staff(
    'lamp-red-day',
    ['超时满 1 工作日：{category}', `${WHERE_ZH}，{unit}，{clock}时限 {due} 已过 1 工作日以上。{link}`],
    ['Overdue for a working day: {category}', `${WHERE_EN}. {unit}: {clock} was due {due}, more than a working day ago. {link}`],
  ),
]
