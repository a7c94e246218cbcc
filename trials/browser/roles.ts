// What each of them sees, and what stays hidden from them.

import assert from 'node:assert/strict'
import type { Troubles } from '../browser.ts'
import type { Crew } from './crew.ts'
import { takePicture } from '../browser.ts'
import { inspect } from './inspect.ts'
import { WORDS, type Life } from './life.ts'
import { menuOf, turnTo } from './workbench.ts'

/** What everyone sees of devices and of risks. */
const WATCH = ['告警台', '车辆', '设备']
const RISKS = ['安全风险', '风险管理', '隐患管理']
const FLOODS = ['内涝', '防汛指挥', '内涝快报']

/** The menu of a handler. */
const HANDLER = ['待办', '程序待办', '协办与下派', '案件', '案件地图', '应急响应', ...WATCH, '内涝', '防汛指挥', '防汛值守', ...RISKS, '程序台账']

/** The menu of each role. */
export const MENUS: Record<string, string[]> = {
  operator: [
    '待办', '程序待办', '案件', '案件地图', '接听受理', '登记案件', '同源事件', '知识库', ...WATCH, ...FLOODS, ...RISKS, '统计概览', '程序台账', '通话记录', '确责规则',
  ],
  lead: [
    '待办', '程序待办', '案件', '案件地图', '接听受理', '登记案件', '同源事件', '知识库', '待甄别', ...WATCH, ...FLOODS, ...RISKS, '统计概览', '程序台账', '通话记录', '确责规则', '外部工单接入',
  ],
  dispatcher: ['待办', '程序待办', '案件', '案件地图', '应急响应', '同源事件', ...WATCH, ...FLOODS, ...RISKS, '统计概览', '程序台账', '确责规则'],
  leader: ['程序待办', '案件', '案件地图', ...WATCH, ...FLOODS, ...RISKS, '统计概览', '程序台账', '领导督办', '通话记录', '确责规则'],
  sysadmin: [
    ...WATCH, '告警规则', '设备产品', '接入状况', '隔离区', '内涝', '防汛指挥', ...RISKS, '风险矩阵',
    '确责规则', '人员与账号', '角色与许可', '工作日历', '发件箱', '消息设置', '参数', '案件流程', '试运行',
  ],
  secadmin: ['人员与账号', '角色与许可', '接口密钥'],
  auditor: ['人员与账号', '角色与许可', '审计记录'],
}

/** Another phone: with the query word it is the reporter's own, without it only what anyone may know. */
export async function someoneElse(crew: Crew, { number, word }: Life): Promise<void> {
  const { page } = await crew.stranger('phone')
  await page.goto('/')
  await page.getByLabel('案号（20 位数字）').fill(number)
  await page.getByLabel('查询码（4 位）').fill(word.toLowerCase())
  await page.getByRole('button', { name: '查询' }).click()
  await page.getByText(`您的描述：${WORDS}`).waitFor()

  const passer = await crew.stranger('phone')
  await passer.page.goto(`/progress/${number}`)
  await passer.page.getByRole('heading', { name: '已办结' }).waitFor()
  await passer.calm()
  assert.equal(await passer.page.getByText(WORDS).count(), 0, 'the words of the reporter are not for anyone')
  assert.equal(await passer.page.getByRole('button', { name: '修好了' }).count(), 0, 'only the reporter rates')
  await page.context().close()
  await passer.context.close()
}

export async function otherUnit(crew: Crew, { number, unit }: Life): Promise<void> {
  const account = unit.code.toUpperCase().startsWith('U03') ? 'handler-u0401' : 'handler-u0301'
  const seat = await crew.at(account)
  assert.deepEqual(await menuOf(seat), HANDLER)
  await turnTo(seat, '案件')
  await seat.page.goto(`/workbench/cases?number=${number}`)
  await seat.calm()
  await takePicture(seat, 'handler-elsewhere')
  assert.equal(await seat.page.getByText(WORDS).count(), 0, 'not on the list')

  // Asked for by its number it is refused, and that is no fault of the page.
  const refused: Troubles = { list: [] }
  const other = await crew.stranger('desk', refused)
  await other.context.addCookies(await seat.context.cookies())
  await other.page.goto(`/workbench/cases/${number}`)
  await other.page.getByRole('alert').waitFor()
  await takePicture(other, 'handler-refused')
  assert.equal(await other.page.getByText(WORDS).count(), 0, 'not on a page of its own')
  assert.ok(refused.list.some((what) => /40[34]/.test(what)))
  await other.context.close()
}

export async function auditorReads(crew: Crew, { number }: Life): Promise<void> {
  const auditor = await crew.at('auditor')
  await turnTo(auditor, '审计记录')
  await inspect(auditor, 'audit')
  await auditor.page.goto(`/workbench/audit?subject=${number}`)
  await auditor.page.getByRole('region', { name: '审计记录列表' }).getByRole('row').nth(1).waitFor()
  await auditor.calm()
  await inspect(auditor, 'audit-case')
  const rows = await auditor.page.getByRole('region', { name: '审计记录列表' }).getByRole('row').allInnerTexts()
  const acts = rows.slice(1).map((row) => row.split('\t')[2]!.trim())
  for (const name of ['上报', '受理', '立案', '派遣', '反馈', '核查通过', '结案', '评价']) {
    assert.ok(acts.some((said) => said.includes(name)), `${name} is among ${acts.join('、')}`)
  }
}

export async function makeAccount(crew: Crew): Promise<void> {
  const seat = await crew.at('sysadmin')
  const { page } = seat
  const account = `xinren${Date.now().toString(36)}`
  await turnTo(seat, '人员与账号')
  await inspect(seat, 'people')
  await page.getByRole('button', { name: '新建账号' }).click()
  await page.getByRole('textbox', { name: '账号', exact: true }).fill(account)
  await page.getByRole('textbox', { name: '姓名', exact: true }).fill('新来的')
  await takePicture(seat, 'people-new')
  await page.getByRole('complementary').getByRole('button', { name: '新建账号' }).click()
  const password = await page.locator('.secret').innerText()
  await takePicture(seat, 'people-made')
  await page.getByRole('button', { name: '查看账号' }).click()
  await page.getByRole('heading', { name: '新来的' }).waitFor()
  await inspect(seat, 'people-account', { chinese: true })

  const owner = await crew.stranger('desk')
  await owner.page.goto('/workbench/')
  await owner.page.getByLabel('账号', { exact: true }).fill(account)
  await owner.page.getByLabel('密码', { exact: true }).fill(password)
  await owner.page.getByRole('button', { name: '登录', exact: true }).click()
  await owner.page.getByText('这是一次性密码').waitFor()
  await takePicture(owner, 'me-first')
  await owner.context.close()
}
