// One case carried by hand from the citizen's phone through all stages, each by whoever does it.

import assert from 'node:assert/strict'
import { asFile, drawPhoto, takePicture, textOf, type Seat } from '../browser.ts'
import type { Crew } from './crew.ts'
import { inspect } from './inspect.ts'
import { act, actsOf, pickCase, showState } from './workbench.ts'

/** Unlike any other, also where the program has seen this trial before. */
export const WORDS = `路口有个大坑，今天第 ${Date.now() % 100_000} 辆电动车差点摔倒`
export const COLLECTOR = 'collector03'

export interface Life {
  number: string
  word: string
  unit: { name: string; code: string }
}

/** Photo, place, words: as a citizen on a phone, and what the receipt says. */
export async function report(citizen: Seat): Promise<{ number: string; word: string }> {
  const { page } = citizen
  await page.goto('/')
  await page.getByRole('link', { name: '我要上报' }).waitFor()
  await inspect(citizen, 'portal-home')
  await page.getByRole('link', { name: '我要上报' }).click()

  await page.getByRole('heading', { name: '拍下问题' }).waitFor()
  assert.ok(await page.getByRole('button', { name: '下一步' }).isDisabled(), 'without a photo one skips, and does not go on')
  await inspect(citizen, 'portal-photo')
  await page.locator('input[type=file]').first().setInputFiles(asFile('坑.jpg', await drawPhoto('#2f3133')))
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  await takePicture(citizen, 'portal-photo-taken')
  await page.getByRole('button', { name: '下一步' }).click()

  await page.getByText(/定位误差约/).waitFor()
  await tapMap(citizen)
  await inspect(citizen, 'portal-place')
  await page.getByRole('button', { name: '下一步' }).click()

  await page.getByText('井盖、路面').click()
  await page.getByLabel('还有什么要说的（可不填）').fill(WORDS)
  // The address was asked for on the page before this one, and stays as it was told there.
  await inspect(citizen, 'portal-words', { full: true, known: [await textOf(page.locator('.sum dd').nth(1))] })
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByText('已收到您的反映').waitFor()
  await inspect(citizen, 'portal-receipt', { chinese: true, full: true })
  const word = await textOf(page.locator('.receipt .word'))
  const number = (await page.locator('.receipt dd').nth(1).innerText()).replaceAll(/\D/g, '')
  assert.match(word, /^[0-9A-Z]{4}$/, 'a query word of four')
  assert.match(number, /^\d{20}$/, 'a number of twenty digits')
  await page.getByRole('link', { name: '查看进度' }).click()
  await page.getByRole('heading', { name: '已收到，等待受理' }).waitFor()
  await inspect(citizen, 'portal-progress', { full: true })
  return { number, word }
}

/** A little beside the pin; again where the map was not drawn yet. */
async function tapMap({ page }: Seat): Promise<void> {
  const box = (await page.locator('.place-map .map-canvas').boundingBox())!
  const chosen = page.getByText('已在地图上选定')
  for (let tries = 0; tries < 20 && !(await chosen.isVisible()); tries++) {
    await page.touchscreen.tap(box.x + box.width / 2 + 24, box.y + box.height / 2 + 16)
    await chosen.waitFor({ timeout: 1000 }).catch(() => undefined)
  }
  assert.ok(await chosen.isVisible(), 'the place is the one that was tapped')
}

/** The collector comes on duty where the case lies, and so will be the nearest. */
export async function comeOnDuty(crew: Crew): Promise<Seat> {
  const collector = await crew.outside(COLLECTOR)
  await collector.page.goto('/collector')
  const goOn = collector.page.getByRole('button', { name: '上岗', exact: true })
  await collector.page.getByText(/^(在岗|未上岗)$/).first().waitFor()
  if (await goOn.isVisible()) await goOn.click()
  await collector.page.getByText('在岗', { exact: true }).waitFor()
  return collector
}

export async function accept(crew: Crew): Promise<void> {
  const operator = await crew.at('operator')
  await operator.page.locator('.todo-rows').getByText(WORDS).waitFor()
  await pickCase(operator, WORDS)
  assert.deepEqual(await actsOf(operator), ['受理', '不予立案', '派发核实', '答复', '程序'])
  await inspect(operator, 'todo')
  await act(operator, /^受理/, /^受理：/)
}

export async function establish(crew: Crew): Promise<void> {
  const lead = await crew.at('lead')
  await showState(lead, '待立案')
  await pickCase(lead, WORDS)
  const conditions = lead.page.getByRole('radiogroup', { name: '立案条件' }).getByRole('radio')
  assert.ok((await conditions.count()) > 0, 'conditions to establish by')
  await conditions.first().check()
  await takePicture(lead, 'lead-establish')
  await act(lead, /^立案/, /^立案：/)
}

export async function dispatch(crew: Crew, number: string): Promise<{ name: string; code: string }> {
  const dispatcher = await crew.at('dispatcher')
  await showState(dispatcher, '待派遣')
  await pickCase(dispatcher, WORDS)
  const proposed = dispatcher.page.getByRole('radiogroup', { name: '派给单位' }).locator('label[data-on]')
  const name = await textOf(proposed.locator('b'))
  assert.notEqual(await textOf(proposed.locator('small')), '', 'the proposal says why')
  assert.deepEqual(await actsOf(dispatcher), [`派遣至${name}`, '程序'])
  await takePicture(dispatcher, 'dispatcher-dispatch')
  await act(dispatcher, /^派遣至/, /^派遣：/)
  // Whose account it is stands on no page: only how it is called is looked up.
  const { brief } = await (await dispatcher.context.request.get(`/api/cases/${number}`)).json()
  assert.equal(brief.unit.name.zh, name)
  return { name, code: brief.unit.code }
}

export async function dispose(crew: Crew, { unit }: Life): Promise<void> {
  const handler = await crew.at(`handler-${unit.code.toLowerCase()}`)
  await pickCase(handler, WORDS)
  assert.deepEqual(await actsOf(handler), ['反馈', '程序'])
  await handler.page.locator('[data-need=photo] input[type=file]').setInputFiles(asFile('修好.jpg', await drawPhoto('#75797c')))
  await handler.page.getByRole('img', { name: '修好.jpg' }).waitFor()
  await handler.page.getByRole('textbox', { name: '说明' }).fill('已用冷补料填平压实')
  await takePicture(handler, 'handler-dispose')
  await act(handler, /^反馈/, /^反馈：/)
}

export async function check(crew: Crew): Promise<void> {
  const collector = await crew.outside(COLLECTOR)
  const { page } = collector
  await page.reload()
  const task = page.locator('.task-line').first()
  await task.waitFor()
  await inspect(collector, 'collector-home', { full: true })
  await task.click()
  await page.getByRole('heading', { name: '核查任务' }).waitFor()
  await page.getByText(WORDS).waitFor()
  const [pass, fail] = [page.getByRole('button', { name: '通过', exact: true }), page.getByRole('button', { name: '不通过' })]
  assert.ok((await pass.isDisabled()) && (await fail.isDisabled()), 'no answer without a photo')
  await inspect(collector, 'collector-task', { full: true })
  await page.locator('.snap input[type=file]').setInputFiles(asFile('现场.jpg', await drawPhoto('#75797c')))
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  assert.ok(await pass.isEnabled(), 'with a photo it may be answered')
  await takePicture(collector, 'collector-task-photo', true)
  await pass.click()
  await page.getByText('已提交，谢谢').waitFor()
}

export async function close(crew: Crew): Promise<void> {
  const lead = await crew.at('lead')
  await showState(lead, '待结案')
  await pickCase(lead, WORDS)
  await takePicture(lead, 'lead-close')
  await act(lead, /^结案/, /^结案：/)
}

/** What the page of progress says in the end, and what its reporter thinks of it. */
export async function rate(citizen: Seat): Promise<void> {
  const { page } = citizen
  await page.reload()
  await page.getByRole('heading', { name: '已办结' }).waitFor()
  await page.getByRole('img', { name: '修前' }).waitFor()
  await page.getByRole('img', { name: '修后' }).waitFor()
  await inspect(citizen, 'portal-closed', { full: true })
  await page.getByRole('button', { name: '修好了' }).click()
  await page.locator('label', { has: page.getByRole('radio', { name: '5 星' }) }).click()
  await takePicture(citizen, 'portal-rating', true)
  await page.getByRole('button', { name: '提交评价' }).click()
  await page.getByText('您已评价：').waitFor()
  await takePicture(citizen, 'portal-rated', true)
}

/** 上报 and 立案 of the sum of outcomes, as the overview of this year shows them. */
export async function readSum({ page }: Seat): Promise<{ reported: number; established: number; holds: boolean }> {
  const equation = await textOf(page.locator('.equation'))
  const figure = (name: string) => Number(new RegExp(`(?:^|\\s)${name}\\s+([\\d,]+)`).exec(equation)?.[1]?.replaceAll(',', ''))
  return { reported: figure('上报'), established: figure('立案'), holds: await page.getByText('合计相符').isVisible() }
}
