// Flows in a real Chromium: one changed by hand is followed by the next case, and the merged flow carries a case to its close.
// TEST_BASE names a program that runs already.

import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test, type TestContext } from 'node:test'
import type { Browser } from 'playwright-core'
import { findChromium, openBrowser, pictures } from './browser.ts'
import { Crew } from './browser/crew.ts'
import { changeStandard, chooseMerged, disposeOf, establishAndDispatch, followsChanged, stagesShown } from './browser/flow-editor.ts'
import { check, comeOnDuty, report } from './browser/life.ts'
import { act, pickNumber } from './browser/workbench.ts'
import { cityFolder, dropFolder, startProgram, type Program } from './program.ts'

const chromium = findChromium()
const NONE = 'no Chromium on this machine (TEST_CHROMIUM names one elsewhere)'

describe('flows in a browser', { skip: chromium ? false : NONE, timeout: 1_200_000 }, () => {
  let folder: string | undefined
  let program: Program | undefined
  let browser: Browser
  let crew: Crew

  before(async () => {
    let base = process.env.TEST_BASE
    if (!base) {
      folder = await cityFolder()
      program = await startProgram(folder)
      base = program.base
    }
    browser = await openBrowser(chromium!)
    crew = new Crew(browser, base)
  })

  after(async () => {
    await browser?.close()
    await program?.stop()
    if (folder) await dropFolder(folder)
    if (pictures()) console.log(`pictures: ${pictures()}`)
  })

  afterEach(async (context) => {
    if ((context as TestContext & { readonly passed?: boolean }).passed === false) await crew?.takePictures()
  })

  test('a flow that was copied, changed, mended and published by hand is followed by the next case', async () => {
    await changeStandard(crew)
    await report(await crew.stranger('phone'))

    await followsChanged(crew)
  })

  test('the merged flow carries a case from its report to its close', async () => {
    await chooseMerged(await crew.at('sysadmin'))
    await comeOnDuty(crew)
    const { number } = await report(await crew.stranger('phone'))
    const operator = await crew.at('operator')
    await operator.page.goto('/workbench/todo')
    await pickNumber(operator, number)
    await act(operator, /^受理/, /^受理：/)
    const { code } = await establishAndDispatch(crew, number)
    await disposeOf(crew, number, code)
    await check(crew)

    assert.deepEqual(await stagesShown(crew, number), ['信息收集', '立案派遣', '处置', '核查结案', '综合评价'])
    const seat = await crew.at('lead')
    const { brief } = await (await seat.context.request.get(`/api/cases/${number}`)).json()
    assert.deepEqual([brief.state, brief.outcome], ['closed', 'established'])
    assert.deepEqual(crew.troubles.list, [])
  })
})
