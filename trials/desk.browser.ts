// The desk of the operator in a real Chromium, by the keyboard alone: from the ring to the accepted case, counted in keys. The seconds are
// those of an operator who types five keys a second, which is what a trained typist of pinyin does, and whom a page must not hold up.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { takePicture, type Seat } from './browser.ts'
import { inCity } from './browser/city.ts'
import type { Crew } from './browser/crew.ts'
import { found, inspect } from './browser/inspect.ts'
import { turnTo } from './browser/workbench.ts'
import { Caller } from './caller.ts'

const KEYS_PER_SECOND = 5
const BUDGET_SECONDS = 25
/** Letters of pinyin that a typist strikes for one Han character, with the choice of the word: 2.6 by the usual phrase input. */
const KEYS_PER_HAN = 2.6

inCity('the desk by the keyboard alone', (scene) => {
  let crew: Crew
  let desk: Seat
  let bridge: Caller
  let keys = 0
  // A program that runs on keeps the calls of the last run.
  const run = process.pid

  /** One key, or several held together. */
  const press = async (key: string) => {
    keys += key.split('+').length
    await desk.page.keyboard.press(key)
  }
  /** Words as they come out of an input method: inserted whole, counted as the letters struck for them. */
  const type = async (text: string) => {
    keys += [...text].reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? KEYS_PER_HAN : 1), 0)
    await desk.page.keyboard.insertText(text)
  }
  const focused = () => desk.page.evaluate(() => document.activeElement?.id ?? '')
  const until = async (id: string) => desk.page.waitForFunction((wanted) => document.activeElement?.id === wanted, id)

  before(async () => {
    crew = scene.crew
    const security = new Caller(crew.base)
    await security.signIn('secadmin')
    const { secret } = await security.ask('POST', '/api/keys', { name: '话务平台', permits: ['hotline.bridge'], region: '', unit: '', category: '' })
    bridge = new Caller(crew.base, secret)
    desk = await crew.at('operator')
    await turnTo(desk, '接听受理')
    await desk.page.locator('.desk').waitFor()
  })

  test('the empty desk is looked over', () => inspect(desk, 'desk-idle'))

  test('a call that rings is answered, written down, placed and accepted in less than 25 seconds of keys', async () => {
    await bridge.ask('POST', '/api/hotline/calls', { id: `trial-${run}-1`, event: 'ringing', number: '13812342207' })
    await desk.page.locator('.ring').waitFor()
    await takePicture(desk, 'desk-ringing')

    keys = 0
    await press('F2')
    await until('desk-description')
    await type('路口垃圾没人收，堆了很多')
    await desk.page.locator('#desk-categories [role=option]').first().waitFor()
    await desk.calm()
    await press('Enter')
    await until('desk-categories')
    await press('1')
    await until('desk-place')
    const address = await anAddress()
    await type(address)
    await desk.page.locator('#desk-spots [role=option]').first().waitFor()
    await desk.calm()
    await press('Enter')
    await until('desk-pin')
    await press('ArrowUp')
    await desk.calm()
    await takePicture(desk, 'desk-filled')
    await press('Control+Enter')
    await desk.page.getByTestId('desk-done').waitFor()

    const seconds = keys / KEYS_PER_SECOND
    console.log(`desk: ${keys.toFixed(0)} keys from the ring to the accepted case, ${seconds.toFixed(1)} s at ${KEYS_PER_SECOND} keys a second (budget ${BUDGET_SECONDS} s)`)
    assert.ok(seconds < BUDGET_SECONDS, `${seconds} s`)
    assert.match(await desk.page.getByTestId('desk-done').innerText(), /已受理[\s\S]*查询码/)
  })

  test('the case that was made is accepted, and holds the caller', async () => {
    const lead = new Caller(crew.base)
    await lead.signIn('lead')
    const number = (await desk.page.locator('.big.number').innerText()).replaceAll(' ', '')
    const detail = await lead.ask('GET', `/api/cases/${number}`)
    assert.equal(detail.brief.state, 'accepted')
    assert.equal(detail.brief.source, 'hotline')
    assert.ok(detail.reporter.phone, 'the number of the caller')
  })

  test('who calls again is known, and a question is answered at once with an article', async () => {
    await press('Enter')
    await bridge.ask('POST', '/api/hotline/calls', { id: `trial-${run}-2`, event: 'ringing', number: '13812342207' })
    await desk.page.locator('.ring').waitFor()
    await press('F2')
    await until('desk-description')
    await desk.page.locator('.desk-history li').first().waitFor()
    await type('居住证怎么办理')
    await desk.page.locator('#desk-answers [role=option]').first().waitFor()
    await desk.calm()
    await inspect(desk, 'desk-answers', { chinese: true })
    await press('F4')
    assert.equal(await focused(), 'desk-answers')
    keys = 0
    await press('Enter')
    await desk.page.getByTestId('desk-done').filter({ hasText: '已答复' }).waitFor()
  })

  test('the same trouble at the same place is joined to the open case', async () => {
    await bridge.ask('POST', '/api/hotline/calls', { id: `trial-${run}-3`, event: 'ringing', number: '13912342208' })
    await desk.page.locator('.ring').waitFor()
    await press('F2')
    await until('desk-description')
    await type('路口垃圾没人收，堆了很多')
    await desk.page.locator('#desk-categories [role=option]').first().waitFor()
    await desk.calm()
    await press('Enter')
    await until('desk-categories')
    await press('1')
    await until('desk-place')
    await type(await anAddress())
    await desk.page.locator('#desk-spots [role=option]').first().waitFor()
    await desk.calm()
    await press('Enter')
    await desk.page.locator('#desk-alike [role=option]').first().waitFor()
    await desk.calm()
    await takePicture(desk, 'desk-alike')
    await press('F7')
    await press('1')
    await desk.page.getByTestId('desk-done').filter({ hasText: '已并入' }).waitFor()
  })

  test('without an exchange the number is typed, and a nuisance ends without a case', async () => {
    await press('Enter')
    await desk.page.locator('#desk-number').waitFor()
    await until('desk-number')
    await type('13700001111')
    await press('Enter')
    await until('desk-description')
    await press('F8')
    assert.equal(await focused(), 'desk-end')
    await press('Tab')
    await press('Tab')
    await press('Enter')
    await desk.page.getByTestId('desk-done').waitFor()
  })

  test('calls, the knowledge base, what is held back and other systems have their pages', async () => {
    for (const [path, name, wait] of [
      ['/workbench/calls', 'calls', '.call-figures'],
      ['/workbench/knowledge', 'knowledge', '.hotline-rows tbody tr'],
    ] as const) {
      await desk.page.goto(path)
      await desk.page.locator(wait).first().waitFor()
      await inspect(desk, name, { known: ['知识库'] })
    }
    await desk.page.locator('.hotline-rows tbody .link').first().click()
    await desk.page.locator('.knowledge .article').waitFor()
    await inspect(desk, 'knowledge-article', { chinese: true })
    const lead = await crew.at('lead')
    for (const [path, name] of [
      ['/workbench/held', 'held'],
      ['/workbench/order-systems', 'order-systems'],
    ] as const) {
      await lead.page.goto(path)
      await lead.page.getByRole('heading', { level: 1 }).waitFor()
      await lead.calm()
      await inspect(lead, name)
    }
  })

  test('axe finds no serious barrier', () => assert.deepEqual(found.barriers, []))
  test('no page has complained', () => assert.deepEqual(crew.troubles.list, []))

  /** A door of the city, as an operator would type it. */
  let door: string | undefined
  async function anAddress(): Promise<string> {
    if (door) return door
    const operator = new Caller(crew.base)
    await operator.signIn('operator')
    for (const text of ['12号', '10号', '8号', '6号', '小区']) {
      const { items } = await operator.ask('GET', `/api/places?text=${encodeURIComponent(text)}&limit=5`)
      const first = items.find(({ kind }: { kind: string }) => kind === 'door')
      if (first) return (door = String(first.name))
    }
    throw new Error('the city has no doors')
  }
})
