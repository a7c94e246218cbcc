// From a sensor to a case: readings come in by the wire, the alarm is on the screen, and what it becomes is dispatched already.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { PASSWORD, type Seat } from '../browser.ts'
import type { Crew } from './crew.ts'
import { inspect } from './inspect.ts'
import { turnTo } from './workbench.ts'

const DEVICE = 'WL-02'

/** A key of a machine, as the security administrator makes one. */
export async function makeKey({ context, page }: Seat): Promise<string> {
  const reply = await context.request.post('/api/keys', {
    data: { name: '监测平台', permits: ['monitoring.ingest'], region: '', unit: '', category: '' },
    headers: { 'idempotency-key': `trial-key-${Date.now()}`, origin: new URL(page.url()).origin },
  })
  assert.ok(reply.ok(), await reply.text())
  return ((await reply.json()) as { secret: string }).secret
}

export async function report(base: string, key: string, value: number, device = DEVICE, metric = 'level'): Promise<void> {
  const reply = await fetch(`${base}/api/readings`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', authorization: `Bearer ${key}` },
    body: `${device},${metric},${new Date().toISOString()},${value}\n`,
  })
  assert.deepEqual([reply.status, await reply.json()], [200, { taken: 1, quarantined: [] }])
}

/** Water rises: the desk shows it by itself, the lead acknowledges, and the case is with the unit. */
export async function waterRises(crew: Crew): Promise<void> {
  const key = await makeKey(await crew.at('secadmin'))
  const lead = await crew.at('lead')
  const { page } = lead
  await turnTo(lead, '告警台')
  await lead.calm()
  await report(crew.base, key, 45)
  const row = page.locator('.alarm-rows li').filter({ hasText: DEVICE }).filter({ hasText: '积水深度超限' })
  await row.waitFor()
  await row.locator('button').first().click()
  await page.locator('.alarm-panel').getByText('转为案件').waitFor()
  await inspect(lead, 'alarms')
  await page.locator('.alarm-acts').getByRole('button', { name: '确认' }).click()
  await page.locator('.toaster').getByText('告警已确认').waitFor()
  await row.getByText('已确认').waitFor()
  await page.locator('.alarm-acts').getByRole('button', { name: '搁置' }).click()
  await page.getByRole('textbox', { name: '原因' }).fill('现场已封控，泵车正在抽排')
  await page.locator('.alarm-acts').getByRole('button', { name: '搁置' }).click()
  await page.locator('.toaster').getByText('告警已搁置').waitFor()
  await page.locator('.alarm-panel').getByRole('link', { name: /^9999/ }).click()
  await page.locator('.case-page').getByText(/红色告警.*积水深度超限/).first().waitFor()
  await page.locator('.case-page').getByText('监测告警').first().waitFor()
}

/** The flood desk names the worst point first, with what is to come. */
export async function floodDesk(crew: Crew): Promise<void> {
  const lead = await crew.at('lead')
  await turnTo(lead, '内涝')
  await lead.page.getByText(/最重 中关村北大街下穿通道 45 厘米/).first().waitFor()
  await lead.calm()
  await inspect(lead, 'flood')
}

/** The wall tells the same as the desks: what rings, and where water stands. */
export async function wall(crew: Crew): Promise<void> {
  const leader = await crew.at('leader')
  await leader.page.goto('/workbench/wall/monitoring')
  await leader.page.locator('.wall-points').getByText('中关村北大街下穿通道').waitFor()
  const open = leader.page.locator('.wall-figures li').first().locator('.number')
  assert.ok(Number(await open.textContent()) > 0)
  await leader.calm()
  await inspect(leader, 'wall')
  await leader.page.goto('/workbench/')
}

/** Who answers for the worst point is called up at the desk, and signs in by being there; the desk sees it by itself. */
export async function calledUp(crew: Crew): Promise<void> {
  const lead = await crew.at('lead')
  const { page, context } = lead
  await turnTo(lead, '防汛指挥')
  const line = page.locator('.fc-roll tbody tr').first()
  await page.locator('.fc-one').getByRole('button', { name: '叫应', exact: true }).click()
  await page.locator('.toaster').getByText(/已叫应 \d 人/).waitFor()
  await line.getByText('未收到').waitFor()

  const ask = async <T>(path: string): Promise<T> => (await (await context.request.get(path)).json()) as T
  const point = (await page.locator('.fc-one h2').innerText()).trim()
  const { points } = await ask<{ points: { name: string; position: [number, number] }[] }>('/api/flood')
  const name = await line.locator('th b').innerText()
  const { items } = await ask<{ items: { name: string; account: string }[] }>(`/api/people?text=${encodeURIComponent(name)}`)
  const [longitude, latitude] = points.find((each) => each.name === point)!.position
  const phone = await crew.stranger('phone')
  await phone.context.setGeolocation({ longitude, latitude: latitude + 0.01, accuracy: 10 })
  const account = items.find((each) => each.name === name)!.account
  const signedIn = await phone.context.request.post('/api/sign-in', { data: { account, password: PASSWORD }, headers: { origin: crew.base } })
  assert.ok(signedIn.ok(), await signedIn.text())
  await phone.page.goto('/workbench/phone/flood-duty')
  await phone.page.getByRole('button', { name: '收到，马上到' }).click()
  await phone.page.locator('.fd-card li').filter({ hasText: '应答' }).getByText('点击').waitFor()
  await inspect(phone, 'flood-duty')
  await phone.context.setGeolocation({ longitude, latitude, accuracy: 10 })
  await phone.page.getByText('已签到，请在岗等候指令').waitFor()
  await line.getByText(/距点位 0 米/).waitFor()
  assert.equal(await line.getByText('点击').count(), 0, 'measured, not said')
  await lead.calm()
  await inspect(lead, 'flood-command')
  await page.getByRole('button', { name: '解除叫应' }).click()
  await page.locator('.toaster').getByText(/已解除/).waitFor()
  await phone.page.getByText('没有叫应，也没有指令').waitFor()
}

/** What stands at this moment is reported, gets its text and its number, and leaves as Word and as PDF. */
export async function reportIsIssued(crew: Crew): Promise<void> {
  const lead = await crew.at('lead')
  const { page } = lead
  await turnTo(lead, '内涝快报')
  await page.getByRole('button', { name: '生成快报' }).click()
  await page.getByRole('button', { name: '生成', exact: true }).click()
  await page.locator('.report-paper').getByText('积水深度超限').first().waitFor()
  await inspect(lead, 'flood-report')
  await page.getByRole('textbox', { name: '下一步安排' }).fill('封控下穿通道，泵车前置。')
  await page.getByRole('button', { name: '保存文字' }).click()
  await page.locator('.toaster').getByText('文字已保存').waitFor()
  await page.getByRole('button', { name: '签发' }).click()
  await page.locator('.ant-popconfirm').getByRole('button', { name: '签发' }).click()
  await page.locator('.toaster').getByText('快报已签发').waitFor()
  await page.locator('.report-paper').getByText(/第 \d+ 期/).waitFor()
  for (const [name, begins] of [['下载 Word', 'PK'], ['下载 PDF', '%PDF']] as const) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()])
    assert.equal(readFileSync(await file.path()).subarray(0, begins.length).toString(), begins, name)
  }
  await turnTo(lead, '内涝快报')
  await page.getByText(/第 \d+ 期/).first().waitFor()
  await inspect(lead, 'flood-reports', { chinese: true })
}

/** A rule is tried over the past, changed, and holds as its next version. */
export async function ruleIsTried(crew: Crew): Promise<void> {
  const admin = await crew.at('sysadmin')
  const { page } = admin
  await turnTo(admin, '告警规则')
  await page.getByRole('button', { name: '积水深度超限' }).waitFor()
  await inspect(admin, 'alarm-rules')
  await page.getByRole('button', { name: '积水深度超限' }).click()
  await page.getByRole('combobox', { name: '时间' }).click()
  await page.getByText('最近 14 天').click()
  await page.getByRole('button', { name: '试算' }).click()
  await page.getByText(/会告警 [1-9]\d* 次/).waitFor()
  await inspect(admin, 'alarm-rule', { chinese: true, full: true, known: ['name'] })
  await page.getByRole('spinbutton', { name: '蓝色' }).fill('12')
  await page.getByRole('button', { name: '保存为新版本' }).click()
  await page.locator('.toaster').getByText('规则已保存').waitFor()
  await page.locator('tr').filter({ hasText: 'FLOOD-DEPTH' }).getByText('12').waitFor()
}

/** The pages of who keeps the devices. */
export async function devicesTour(crew: Crew): Promise<void> {
  const admin = await crew.at('sysadmin')
  const { page } = admin
  await turnTo(admin, '设备')
  await page.goto('/workbench/devices?words=WL-0')
  await page.getByText('荷清路下穿通道').first().waitFor()
  await inspect(admin, 'devices')
  await page.goto('/workbench/devices/WL-01')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await inspect(admin, 'device')
  for (const [name, menu] of [['intake', '接入状况'], ['quarantine', '隔离区'], ['products', '设备产品']] as const) {
    await turnTo(admin, menu)
    await inspect(admin, name)
  }
}

/** Where the vehicles are, and a day of one of them. */
export async function vehiclesTour(crew: Crew): Promise<void> {
  const lead = await crew.at('lead')
  const { page } = lead
  await turnTo(lead, '车辆')
  await page.getByText('移动泵车 1 号').first().waitFor()
  await inspect(lead, 'vehicles')
  await page.getByText('移动泵车 1 号').first().click()
  await page.getByRole('link', { name: '轨迹回放' }).click()
  await page.getByRole('button', { name: '前一天' }).click()
  await page.getByRole('button', { name: '播放' }).waitFor()
  await lead.calm()
  await inspect(lead, 'replay')
}
