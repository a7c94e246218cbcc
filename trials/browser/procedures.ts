// One joint case with everything that a real centre knows: assisting units, extension, suspension, a refused return, a conference,
// passing down, an order, rework and an appeal, each by whoever does it, at the screens made for it.

import assert from 'node:assert/strict'
import { asFile, drawPhoto, takePicture, textOf, type Seat } from '../browser.ts'
import { HERE, type Crew } from './crew.ts'
import { inspect } from './inspect.ts'
import { act, turnTo } from './workbench.ts'

const DEPARTMENT = '市政设施管理处'
const WORDS = `地下管线施工后路面塌陷约 4 平方米，编号 ${Date.now() % 100_000}`

interface Joint {
  number: string
  /** Of level 2, to which the centre dispatches. */
  unit: { code: string; name: string }
  /** Of level 4, which does the work in the end. */
  crew?: { code: string; name: string }
  helper: { code: string; name: string }
}

// ── The way to the dispatcher, by the same wire as the pages

async function post({ context, page }: Seat, path: string, body: object): Promise<Record<string, never>> {
  const reply = await context.request.post(path, { data: body, headers: { 'idempotency-key': `trial-${path}-${Date.now()}`, origin: new URL(page.url()).origin } })
  assert.ok(reply.ok(), `${path} ${reply.status()} ${await reply.text()}`)
  return reply.json()
}

async function established(crew: Crew): Promise<string> {
  const [operator, lead] = [await crew.at('operator'), await crew.at('lead')]
  const { number } = (await post(operator, '/api/cases', {
    category: '2026.m.06010',
    description: WORDS,
    position: [HERE.longitude, HERE.latitude],
    source: 'hotline',
    reporter: { name: '王女士', phone: '13800138000' },
  })) as unknown as { number: string }
  await post(operator, `/api/cases/${number}/steps`, { step: 'accept' })
  const detail = await (await lead.context.request.get(`/api/cases/${number}`)).json()
  const condition = detail.openSteps.find(({ step }: { step: string }) => step === 'establish').conditions[0].id as string
  await post(lead, `/api/cases/${number}/steps`, { step: 'establish', condition })
  return number
}

// ── Hands

const open = async ({ page, calm }: Seat, number: string) => {
  await page.goto(`/workbench/cases/${number}`)
  await page.locator('.case-page').waitFor()
  await calm()
}

const handlerOf = ({ code }: { code: string }) => `handler-${code.toLowerCase()}`

/** Picks an act from the menu of procedures; its form opens on the page. */
async function pick({ page, calm }: Seat, name: string): Promise<void> {
  await page.locator('.act-bar').getByRole('button', { name: '程序' }).first().click()
  await page.locator('.act-menu').getByRole('menuitem', { name }).first().click()
  await page.locator('.case-act').waitFor()
  await calm()
}

/** Opens the form of a step that stands on the bar. */
const begin = ({ page }: Seat, step: RegExp) => page.locator('.act-bar').getByRole('button', { name: step }).first().click()
const write = ({ page }: Seat, text: string) => page.locator('[data-need=note] textarea').first().fill(text)
const reason = ({ page }: Seat) => page.locator('[data-need=reason]').getByRole('radio').first().check()

async function attach({ page }: Seat): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(asFile('现场.jpg', await drawPhoto('#75797c')))
  await page.locator('.photos img').first().waitFor()
}

async function name({ page }: Seat, field: string, unit: string): Promise<void> {
  const box = page.getByRole('combobox', { name: field, exact: true })
  await box.fill(unit)
  await page.locator('.ant-select-item-option-active').filter({ hasText: unit }).first().waitFor({ state: 'attached' })
  await box.press('Enter')
  await page.locator('.ant-select').filter({ has: box }).getByText(unit).first().waitFor()
  // A list of which several may be chosen stays open, and covers what is above it.
  await box.blur()
}

/** Names the department of level 2 instead of the units that are proposed. */
async function toDepartment(seat: Seat): Promise<void> {
  await seat.page.locator('[data-need=unit]').getByRole('radio', { name: '其他单位', exact: true }).check()
  await name(seat, '单位', DEPARTMENT)
}

/** Decides what waits for someone on their list of procedures. */
async function decide(crew: Crew, account: string, verdict: string, note = '同意'): Promise<void> {
  const seat = await crew.at(account)
  await seat.page.goto('/workbench/approvals')
  const row = seat.page.locator('.approval-rows li').filter({ hasText: WORDS }).filter({ has: seat.page.getByRole('button', { name: verdict, exact: true }) })
  await row.first().waitFor()
  await seat.calm()
  await row.first().getByRole('button', { name: verdict, exact: true }).click()
  await row.first().locator('[data-need=note] textarea').fill(note)
  await takePicture(seat, `decide-${verdict}`)
  await row.first().locator('.approval-form').getByRole('button', { name: verdict, exact: true }).click()
  await seat.page.locator('.toaster').getByText(new RegExp(`^${verdict}：`)).first().waitFor()
}

const stateOf = async (seat: Seat, number: string) => (await (await seat.context.request.get(`/api/cases/${number}`)).json()).brief

// ── The case

export async function joint(crew: Crew): Promise<Joint> {
  const number = await established(crew)
  const dispatcher = await crew.at('dispatcher')
  await open(dispatcher, number)
  await begin(dispatcher, /^派遣/)
  await name(dispatcher, '协办单位', '综合行政执法局')
  await toDepartment(dispatcher)
  await takePicture(dispatcher, 'joint-dispatch')
  await act(dispatcher, /^派遣/, /^派遣：/)
  const { unit } = await stateOf(dispatcher, number)
  assert.match(unit.name.zh, new RegExp(`${DEPARTMENT}$`))
  return { number, unit: { code: unit.code, name: unit.name.zh }, helper: { code: 'U02', name: '示范市综合行政执法局' } }
}

/** The assisting unit answers on its own list; until then the leading one cannot. */
export async function assist(crew: Crew, { helper }: Joint): Promise<void> {
  const seat = await crew.at(handlerOf(helper))
  await turnTo(seat, '协办与下派')
  const row = seat.page.locator('.approval-rows li').filter({ hasText: WORDS })
  await row.getByRole('button', { name: '反馈' }).click()
  await row.getByRole('textbox', { name: '办理情况' }).fill('已清理占道堆物，现场可以施工')
  await attach(seat)
  await inspect(seat, 'parts', { chinese: true })
  await row.getByRole('button', { name: '办理完成' }).click()
  await seat.page.locator('.toaster').getByText(/^协办反馈已提交/).waitFor()
}

export async function refusedReturn(crew: Crew, { number, unit }: Joint): Promise<void> {
  const handler = await crew.at(handlerOf(unit))
  await open(handler, number)
  await pick(handler, '申请回退')
  await reason(handler)
  await write(handler, '该路段已移交公路部门')
  await takePicture(handler, 'return-asked')
  await act(handler, /^申请回退/, /^申请回退：/)
  await decide(crew, 'lead', '驳回', '移交手续未办，仍由你单位处置')
  await open(handler, number)
  assert.ok(await handler.page.getByText('“移交手续未办，仍由你单位处置”').first().isVisible(), 'the refusal is told with its words')
  await handler.page.locator('.act-bar').getByRole('button', { name: '程序' }).first().click()
  const again = handler.page.locator('.act-menu').getByRole('menuitem', { name: /申请回退/ })
  await again.waitFor()
  assert.equal(await again.getAttribute('aria-disabled'), 'true', 'once a unit')
  assert.match(await textOf(again), /每个单位最多 1 次/)
  await takePicture(handler, 'act-menu')
  await handler.page.keyboard.press('Escape')
}

export async function extension(crew: Crew, { number, unit }: Joint): Promise<void> {
  const handler = await crew.at(handlerOf(unit))
  const before = await stateOf(handler, number)
  await open(handler, number)
  await pick(handler, '申请延期')
  await reason(handler)
  await write(handler, '需要等待管线单位关阀')
  await act(handler, /^申请延期/, /^申请延期：/)
  const lead = await crew.at('lead')
  await turnTo(lead, '程序待办')
  await inspect(lead, 'approvals')
  await decide(crew, 'lead', '同意延期')
  const after = await stateOf(handler, number)
  assert.ok(after.clock.dueAt > before.clock.dueAt && after.extensions === 1, 'the limit has moved')
}

export async function suspension(crew: Crew, { number, unit }: Joint): Promise<void> {
  const handler = await crew.at(handlerOf(unit))
  await open(handler, number)
  await pick(handler, '申请挂账')
  await reason(handler)
  await handler.page.locator('[data-need=until] .spans').getByRole('button', { name: '30 天', exact: true }).click()
  await write(handler, '冬季低温不能摊铺，开春恢复')
  await inspect(handler, 'suspend-form', { chinese: true })
  await act(handler, /^申请挂账/, /^申请挂账：/)
  await decide(crew, 'lead', '同意并呈报')
  await decide(crew, 'leader', '批准挂账')
  assert.equal((await stateOf(handler, number)).lamp, 'grey')
  const dispatcher = await crew.at('dispatcher')
  await open(dispatcher, number)
  await takePicture(dispatcher, 'suspended')
  await begin(dispatcher, /^恢复办理/)
  await act(dispatcher, /^恢复办理/, /^恢复办理：/)
  assert.equal((await stateOf(handler, number)).state, 'dispatched')
}

export async function conference(crew: Crew, { number, unit, helper }: Joint): Promise<void> {
  const dispatcher = await crew.at('dispatcher')
  await open(dispatcher, number)
  await pick(dispatcher, '提请会商')
  await name(dispatcher, '会商单位', '综合行政执法局')
  await name(dispatcher, '会商单位', '市政设施管理处')
  await write(dispatcher, '塌陷原因不明：管线、路面各执一词')
  await takePicture(dispatcher, 'confer-form')
  await act(dispatcher, /^提请会商/, /^提请会商：/)
  const helping = await crew.at(handlerOf(helper))
  await open(helping, number)
  await helping.page.getByRole('button', { name: '发表意见' }).first().click()
  await write(helping, '同意由现处置单位先行修复')
  await act(helping, /^发表意见/, /^发表意见：/)
  await open(dispatcher, number)
  await dispatcher.page.getByRole('button', { name: '形成会商决定' }).first().click()
  await toDepartment(dispatcher)
  await write(dispatcher, '由现处置单位修复，费用由责任方承担')
  await takePicture(dispatcher, 'confer-decide')
  await act(dispatcher, /^形成会商决定/, /^形成会商决定：/)
  assert.equal((await stateOf(dispatcher, number)).unit.code, unit.code)
}

/** 督办 in two taps on the leader's phone; the unit replies, the leader lifts it. */
export async function order(crew: Crew, { number, unit }: Joint): Promise<void> {
  const leader = await crew.at('leader')
  await open(leader, number)
  await pick(leader, '督办')
  await reason(leader)
  await leader.page.locator('[data-need=until] .spans button').first().click()
  await write(leader, '请说明修复时间')
  await act(leader, /^督办/, /^督办：/)
  const handler = await crew.at(handlerOf(unit))
  await open(handler, number)
  await handler.page.getByRole('button', { name: '回复督办' }).first().click()
  await write(handler, '今日夜间完成')
  await act(handler, /^回复督办/, /^回复督办：/)
  await decide(crew, 'leader', '销号', '已说明')
}

/** 下派 from level to level to the crew that does the work, back once by 逐级回退, and down again. */
export async function passDown(crew: Crew, joint: Joint): Promise<void> {
  const office = await oneDown(crew, joint, joint.unit, 'pass-down')
  const team = await oneDown(crew, joint, office)
  const worker = await crew.at(handlerOf(team))
  await open(worker, joint.number)
  await pick(worker, '逐级回退')
  await write(worker, '缺少压路机，请所里调配')
  await act(worker, /^逐级回退/, /^逐级回退：/)
  // Who gave it back no longer sees it.
  await worker.page.getByText('案件已转出，不再由您查看').waitFor()
  await worker.calm()
  crew.forgive(/404/)
  assert.equal((await stateOf(await crew.at(handlerOf(joint.unit)), joint.number)).unit.code, office.code)
  joint.crew = await oneDown(crew, joint, office)
}

async function oneDown(crew: Crew, { number }: Joint, from: { code: string }, picture?: string): Promise<{ code: string; name: string }> {
  const seat = await crew.at(handlerOf(from))
  await open(seat, number)
  await pick(seat, '下派')
  await seat.page.locator('[data-need=unit]').getByRole('radio').first().check()
  await seat.page.getByRole('spinbutton', { name: '数量' }).fill('2')
  await write(seat, '今日完成')
  if (picture) await inspect(seat, picture, { chinese: true })
  await act(seat, /^下派/, /^下派：/)
  const { unit, innerDueAt } = await stateOf(seat, number)
  assert.ok(unit.code.startsWith(from.code) && unit.code !== from.code, 'down its own subtree')
  assert.ok(innerDueAt !== null, 'with an inner deadline')
  return { code: unit.code, name: unit.name.zh }
}

/** The crew gives its feedback; while it was writing, the dispatcher has urged it, and it hears of that first. */
export async function disposeUrged(crew: Crew, joint: Joint): Promise<void> {
  const worker = await crew.at(handlerOf(joint.crew!))
  await open(worker, joint.number)
  await begin(worker, /^反馈/)
  await write(worker, '已回填夯实，恢复路面')
  await attach(worker)
  const dispatcher = await crew.at('dispatcher')
  await open(dispatcher, joint.number)
  await pick(dispatcher, '催办')
  await act(dispatcher, /^催办/, /^催办：/)
  await worker.calm()
  await worker.page.locator('.act-bar').first().getByRole('button', { name: /^反馈/ }).click()
  const dialog = worker.page.getByRole('dialog').filter({ hasText: '这件案卷刚被他人办理' })
  await dialog.getByText(/催办/).first().waitFor()
  await inspect(worker, 'conflict', { chinese: true })
  crew.forgive(/409/)
  await dialog.getByRole('button', { name: '仍按我填写的办理' }).click()
  await worker.page.locator('.toaster').getByText(/^反馈：/).first().waitFor()
}

export async function disposeAgain(crew: Crew, { number, crew: team }: Joint): Promise<void> {
  const worker = await crew.at(handlerOf(team!))
  await open(worker, number)
  await begin(worker, /^反馈/)
  await attach(worker)
  await takePicture(worker, 'rework')
  await act(worker, /^反馈/, /^反馈：/)
}

/** The collector answers the task of this case on the phone. */
export async function checkOnSite(crew: Crew, account: string, passed: boolean): Promise<void> {
  const collector = await crew.outside(account)
  const { page } = collector
  await page.goto('/collector')
  await page.locator('.task-line').first().waitFor()
  await collector.calm()
  const links = await page.locator('.task-line').evaluateAll((lines) => lines.map((line) => line.getAttribute('href')!))
  for (const link of links) {
    await page.goto(link)
    await page.locator('.body h2').waitFor()
    if (await page.getByText(WORDS).isVisible()) break
  }
  assert.ok(await page.getByText(WORDS).isVisible(), 'the task of this case')
  await page.locator('.snap input[type=file]').setInputFiles(asFile('现场.jpg', await drawPhoto(passed ? '#75797c' : '#2f3133')))
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor()
  if (!passed) await page.locator('#task-note').fill('路面仍有沉降，须重做')
  await takePicture(collector, passed ? 'check-passed' : 'check-failed', true)
  await page.getByRole('button', { name: passed ? '通过' : '不通过', exact: true }).click()
  await page.getByText('已提交，谢谢').waitFor()
}

export async function closeIt(crew: Crew, { number }: Joint): Promise<void> {
  const lead = await crew.at('lead')
  await open(lead, number)
  await inspect(lead, 'reworked', { chinese: true, full: true })
  await begin(lead, /^结案/)
  await act(lead, /^结案/, /^结案：/)
}

/** The unit appeals against the rework; the dispatcher and the operator review it. The fact stays, and does not count. */
export async function appeal(crew: Crew, { number, crew: team }: Joint): Promise<void> {
  const worker = await crew.at(handlerOf(team!))
  await open(worker, number)
  await pick(worker, '申诉')
  await reason(worker)
  await write(worker, '沉降由相邻工地降水引起，非修复质量问题')
  await act(worker, /^申诉/, /^申诉：/)
  await decide(crew, 'dispatcher', '初审通过', '相邻工地监测记录属实')
  await decide(crew, 'operator', '复审通过', '同意')
  await decide(crew, 'operator', '满意', '来电人表示满意')
  const after = await stateOf(worker, number)
  assert.deepEqual([after.state, after.reworks, after.excused], ['closed', 1, ['rework']])
}

/** What was done stands in the ledgers, with its share of all cases and its sheet. */
export async function ledgers(crew: Crew, { number }: Joint): Promise<void> {
  const lead = await crew.at('lead')
  await turnTo(lead, '程序台账')
  const shown = number.replace(/^(\d{6})(\d{8})(\d{6})$/, '$1 $2 $3')
  for (const kind of ['回退', '延期', '挂账', '会商', '督办', '申诉', '返工', '催办']) {
    await lead.page.locator('.ledger-kinds').getByRole('button', { name: kind, exact: true }).click()
    await lead.page.locator('tbody tr').filter({ hasText: shown }).first().waitFor()
  }
  await lead.page.locator('.ledger-kinds').getByRole('button', { name: '申诉', exact: true }).click()
  await lead.calm()
  await inspect(lead, 'ledgers')
  const sheet = lead.page.getByRole('link', { name: '导出 Excel' })
  const reply = await lead.context.request.get(String(await sheet.getAttribute('href')))
  assert.equal(reply.status(), 200)
  assert.deepEqual([...(await reply.body()).subarray(0, 2)], [0x50, 0x4b], 'a sheet, which is a zip')
}

/** The leader's page at 390 px: what is overdue, an order in two taps, and those that are under way. */
export async function leaderPhone(crew: Crew): Promise<void> {
  const seat = await crew.leader()
  const { page } = seat
  await page.getByRole('tab', { name: /超时案件/ }).waitFor()
  await seat.calm()
  await takePicture(seat, 'leader-phone')
  await page.getByRole('button', { name: '督办', exact: true }).first().click()
  await takePicture(seat, 'leader-phone-order')
  await page.getByRole('button', { name: '发出督办' }).click()
  await page.locator('.toaster').getByText('督办已发出').waitFor()
  await page.locator('.orders li').first().waitFor()
  await seat.calm()
  await takePicture(seat, 'leader-phone-orders')
}

/** A selection is acted on at once; each has its verdict. */
export async function bulk(crew: Crew): Promise<void> {
  const dispatcher = await crew.at('dispatcher')
  await dispatcher.page.goto('/workbench/cases?state=dispatched')
  await dispatcher.page.locator('.case-table tbody tr').first().waitFor()
  await dispatcher.calm()
  for (const nth of [0, 1, 2]) await dispatcher.page.locator('.case-table tbody tr').nth(nth).getByRole('checkbox').check()
  await dispatcher.page.getByRole('button', { name: '批量催办' }).click()
  await takePicture(dispatcher, 'bulk')
  await dispatcher.page.getByRole('dialog').getByRole('button', { name: /^催办/ }).click()
  await dispatcher.page.getByText(/^催办：办理 3 件/).waitFor()
  await takePicture(dispatcher, 'bulk-verdicts')
  const numbers = await dispatcher.page.locator('.verdicts .number').allInnerTexts()
  await dispatcher.page.goto(`/workbench/print?numbers=${numbers.map((text) => text.replaceAll(/\D/g, '')).join(',')}`)
  await dispatcher.page.locator('.case-sheet').nth(2).waitFor()
  await inspect(dispatcher, 'print')
}
