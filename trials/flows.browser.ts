// Flows in a real Chromium: one changed by hand is followed by the next case, and the merged flow carries a case to its close.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { inCity } from './browser/city.ts'
import type { Crew } from './browser/crew.ts'
import { changeStandard, chooseMerged, disposeOf, establishAndDispatch, followsChanged, stagesShown } from './browser/flow-editor.ts'
import { check, comeOnDuty, report } from './browser/life.ts'
import { act, pickNumber } from './browser/workbench.ts'

inCity('flows in a browser', (scene) => {
  let crew: Crew

  before(() => {
    crew = scene.crew
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
