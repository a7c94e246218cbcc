// The system administrator changes a flow by hand, and a case is carried along the merged flow.

import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import { asFile, drawPhoto, takePicture, textOf, type Seat } from '../browser.ts'
import type { Crew } from './crew.ts'
import { inspect } from './inspect.ts'
import { WORDS } from './life.ts'
import { act, actsOf, pickCase, pickNumber, showState, turnTo } from './workbench.ts'

const panel = ({ page }: Seat): Locator => page.locator('.part-panel')

/** Opens a list of choices and takes one of them. */
async function choose(seat: Seat, field: string, choice: string): Promise<void> {
  const { page } = seat
  await panel(seat).locator(`[data-field="${field}"] .ant-select`).click()
  // A long list holds only what is seen of it.
  await page.keyboard.type(choice)
  await page.locator(`.ant-select-item-option-active[title="${choice}"]`).waitFor()
  await page.keyboard.press('Enter')
}

const name = async (seat: Seat, zh: string, en: string) => {
  await panel(seat).getByLabel('中文').first().fill(zh)
  await panel(seat).getByLabel('英文').first().fill(en)
}

async function saved({ page }: Seat): Promise<void> {
  await page.getByRole('status').filter({ hasText: '已保存' }).waitFor()
}

/** Copies the standard flow, changes a limit and a name, adds a state, sees what is wrong with it, mends it, publishes. */
export async function changeStandard(crew: Crew): Promise<void> {
  const keeper = await crew.at('sysadmin')
  const { page } = keeper
  await turnTo(keeper, '案件流程')
  await inspect(keeper, 'flows', { chinese: true })
  await page.getByRole('row', { name: /standard\.1/ }).getByRole('button', { name: '复制修改' }).click()
  await page.getByRole('button', { name: '开始修改' }).click()
  await page.getByRole('heading', { name: /标准流程/ }).first().waitFor()
  await page.locator('.flow-state', { hasText: '待受理' }).waitFor()
  await keeper.calm()
  await inspect(keeper, 'flow-editor')

  // A name and a limit: 受理 becomes 受理登记, within an hour and a half.
  await page.locator('.flow-arrow-name', { hasText: /^受理$/ }).click()
  await panel(keeper).getByRole('heading', { name: '受理' }).waitFor()
  await name(keeper, '受理登记', 'Accept and register')
  await page.locator('.flow-canvas').getByRole('button', { name: /^受理 30 分钟/ }).click()
  await panel(keeper).locator('[data-field="amount"] input').fill('1.5')
  await panel(keeper).locator('[data-field="amount"] input').press('Tab')

  // A state that nothing leads to, and out of which nothing leads.
  await page.locator('.flow-adds').getByRole('button', { name: '状态' }).click()
  await name(keeper, '复核中', 'Being reviewed')
  await choose(keeper, 'stage', '2 立案')
  await choose(keeper, 'awaits', '结案')
  const faults = page.locator('.flow-check li')
  await faults.filter({ hasText: '无法到达' }).waitFor()
  await takePicture(keeper, 'flow-editor-faults')
  await saved(keeper)
  await page.getByRole('button', { name: /检查并发布/ }).click()
  await page.getByText('以下问题须先解决').waitFor()
  assert.ok(await page.getByRole('button', { name: '发布流程' }).isDisabled(), 'what has faults is not published')
  await inspect(keeper, 'flow-publish-faults')
  // A fault leads to where it stands.
  await page.getByRole('button', { name: /无法到达/ }).click()
  await panel(keeper).getByRole('heading', { name: '复核中' }).waitFor()

  // Mended: a step to it, and one on from it.
  await panel(keeper).getByRole('button', { name: '从这里加一个步骤' }).click()
  await name(keeper, '复核通过', 'Review passed')
  await choose(keeper, 'to', '待立案')
  await choose(keeper, 'permit', '结案')
  await choose(keeper, 'clock', '立案')
  await page.locator('.flow-state', { hasText: '待立案' }).click()
  await panel(keeper).getByRole('button', { name: '从这里加一个步骤' }).click()
  await name(keeper, '转复核', 'Send to review')
  await choose(keeper, 'to', '复核中')
  await choose(keeper, 'permit', '结案')
  await choose(keeper, 'clock', '立案')
  await page.getByText('没有问题，可以发布').waitFor()
  await takePicture(keeper, 'flow-editor-mended')

  // Undone and done again.
  await page.locator('.flow-head').getByRole('button', { name: '撤销' }).click()
  await faults.first().waitFor()
  await page.locator('.flow-head').getByRole('button', { name: '重做' }).click()
  await page.getByText('没有问题，可以发布').waitFor()
  await saved(keeper)

  await page.getByRole('button', { name: /检查并发布/ }).click()
  await page.getByText('检查通过').waitFor()
  const changes = await page.locator('.change-lines li').allInnerTexts()
  assert.ok(changes.some((line) => /时限“受理”的时限：0\.5 → 1\.5/.test(line)), changes.join('\n'))
  assert.ok(changes.some((line) => line.includes('新增状态“复核中”')), changes.join('\n'))
  await page.getByLabel('说明这次改了什么').fill('受理时限放宽，加复核')
  await inspect(keeper, 'flow-publish')
  await page.getByRole('button', { name: '发布流程' }).click()
  await page.getByText('流程已发布').waitFor()
  await page.getByRole('row', { name: /standard\.2/ }).waitFor()
  await page.locator('.use-lines').getByText('standard.2').waitFor()
  await takePicture(keeper, 'flows-published')
}

/** The next case follows the flow as it was changed by hand. */
export async function followsChanged(crew: Crew): Promise<void> {
  const operator = await crew.at('operator')
  await showState(operator, '待受理')
  await pickCase(operator, WORDS)
  assert.deepEqual((await actsOf(operator)).slice(0, 1), ['受理登记'])
  await takePicture(operator, 'flow-next-case')
  await act(operator, /^受理登记/, /^受理登记：/)
  const lead = await crew.at('lead')
  await showState(lead, '待立案')
  await pickCase(lead, WORDS)
  assert.ok((await actsOf(lead)).includes('转复核'), (await actsOf(lead)).join())
}

/** One act, and new cases follow another of the shipped flows. */
export async function chooseMerged({ page, calm }: Seat): Promise<void> {
  await page.goto('/workbench/flows')
  await page.getByRole('row', { name: /merged\.1/ }).getByRole('button', { name: '启用' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '启用' }).click()
  await page.getByText('已启用').waitFor()
  await page.locator('.use-lines').getByText('merged.1').waitFor()
  await calm()
}

/** 立案派遣: established and dispatched in one step. */
export async function establishAndDispatch(crew: Crew, number: string): Promise<{ name: string; code: string }> {
  const lead = await crew.at('lead')
  const { page } = lead
  await showState(lead, '待立案派遣')
  await pickNumber(lead, number)
  const conditions = page.getByRole('radiogroup', { name: '立案条件' }).getByRole('radio')
  await conditions.first().check()
  await page.getByRole('radiogroup', { name: '派给单位' }).locator('label[data-on]').waitFor()
  await takePicture(lead, 'merged-establish')
  await act(lead, /^立案派遣/, /^立案派遣：/)
  const { brief } = await (await lead.context.request.get(`/api/cases/${number}`)).json()
  return { name: brief.unit.name.zh, code: brief.unit.code }
}

/** The unit's feedback, found by its number: there may be others of the same words. */
export async function disposeOf(crew: Crew, number: string, code: string): Promise<void> {
  const handler = await crew.at(`handler-${code.toLowerCase()}`)
  const { page } = handler
  await pickNumber(handler, number)
  await page.locator('[data-need=photo] input[type=file]').setInputFiles(asFile('修好.jpg', await drawPhoto('#75797c')))
  await page.getByRole('img', { name: '修好.jpg' }).waitFor()
  await act(handler, /^反馈/, /^反馈：/)
}

/** The stages of a case as its page shows them, with the words of its own flow. */
export async function stagesShown(crew: Crew, number: string): Promise<string[]> {
  const lead = await crew.at('lead')
  await lead.page.goto(`/workbench/cases/${number}`)
  await lead.page.locator('.stages li').first().waitFor()
  await takePicture(lead, 'merged-closed')
  const names = await lead.page.locator('.stages ol').first().locator('li b').all()
  return Promise.all(names.map(textOf))
}
