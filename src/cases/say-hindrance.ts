import type { Words } from '../kernel/contract.ts'
import { wallText } from '../kernel/index.ts'
import type { Flow, FlowProcedure } from './flow.ts'
import type { Hindrance } from './procedure.ts'
import type { CaseRow } from './tables.ts'

/** Why a procedure cannot be opened, in words. */
export function sayHindrance(flow: Flow, row: CaseRow, procedure: FlowProcedure, why: Hindrance, zone: string): Words {
  const state = flow.states[row.state]!.words
  switch (why.because) {
    case 'state':
      return { zh: `案件处于“${state.zh}”`, en: `the case is “${state.en}”` }
    case 'already-open':
      return { zh: `已有一项“${procedure.words.zh}”在办`, en: `one “${procedure.words.en}” is already open` }
    case 'most':
      return {
        zh: `每${why.per === 'unit' ? '个单位' : '件'}最多 ${why.times} 次`,
        en: `at most ${why.times} in a ${why.per === 'unit' ? 'unit' : 'case'}`,
      }
    case 'window':
      return { zh: `已超过可申请的时间（${wallText(why.until, zone)}）`, en: `it could be asked for until ${wallText(why.until, zone)}` }
    case 'due-passed':
      return { zh: `处置时限已于 ${wallText(why.dueAt, zone)} 到期，须在到期前申请`, en: `the limit passed at ${wallText(why.dueAt, zone)}; ask before it does` }
    case 'counter':
      return { zh: '案件没有可申请的记录', en: 'the case has no record of that kind' }
  }
}
