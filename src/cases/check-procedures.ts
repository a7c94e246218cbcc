// Whether the procedures of a flow can be followed to an end. Pure.

import { hasWords, type Fail } from './check-flow.ts'
import { COUNTERS, NEEDS, RESULTS, type Flow, type FlowAct, type FlowProcedure } from './flow.ts'
import { PERMITS } from './permits.ts'

export function procedureFaults(flow: Flow, fail: Fail): void {
  for (const [name, procedure] of Object.entries(flow.procedures)) {
    const at = `procedures.${name}`
    if (!hasWords(procedure.words)) fail(`${at}.words`, '需要中英文名称', 'needs words in both languages')
    if (!procedure.opens || !procedure.states || !procedure.acts) {
      fail(at, '需要 opens、states、acts', 'opens, states and acts are needed')
      continue
    }
    for (const state of procedure.opens.from) if (!(state in flow.states)) fail(`${at}.opens`, `没有案件状态 ${state}`, `cases have no state ${state}`)
    checkAct(flow, procedure, `${at}.opens`, procedure.opens, fail)
    for (const [act, rule] of Object.entries(procedure.acts)) {
      for (const state of rule.from) if (!(state in procedure.states)) fail(`${at}.acts.${act}`, `没有状态 ${state}`, `there is no state ${state}`)
      checkAct(flow, procedure, `${at}.acts.${act}`, rule, fail)
    }
    checkPoints(at, procedure, fail)
  }
}

function checkAct(flow: Flow, { states }: FlowProcedure, at: string, act: FlowAct, fail: Fail): void {
  if (!hasWords(act.words)) fail(`${at}.words`, '需要中英文名称', 'needs words in both languages')
  if (act.permit !== null && !(act.permit in PERMITS)) fail(`${at}.permit`, '没有这种许可', 'there is no such permit')
  if (act.to !== undefined && !(act.to in states)) fail(`${at}.to`, `没有状态 ${act.to}`, `there is no state ${act.to}`)
  if (act.then !== undefined && !(act.then in flow.steps)) fail(`${at}.then`, `没有步骤 ${act.then}`, `there is no step ${act.then}`)
  if (act.counts !== undefined && !COUNTERS.includes(act.counts)) fail(`${at}.counts`, '没有这个计数', 'there is no such counter')
  for (const need of [...(act.needs ?? []), ...(act.takes ?? [])]) {
    if (!NEEDS.includes(need)) fail(at, `不认识的要素 ${need}`, `${need} is nothing that an act can need`)
  }
}

/** Every point can be reached, and each leads to an end. */
function checkPoints(at: string, { opens, states, acts }: FlowProcedure, fail: Fail): void {
  if (opens.to === undefined) fail(`${at}.opens.to`, '须说明从哪里开始', 'must say where it begins')
  const moves = Object.values(acts).filter(({ to }) => to !== undefined)
  const reached = new Set([opens.to])
  const ending = new Set<string | undefined>(Object.keys(states).filter((name) => states[name]!.ended))
  for (let before = -1; before !== reached.size + ending.size; ) {
    before = reached.size + ending.size
    for (const { from, to } of moves) {
      if (from.some((state) => reached.has(state))) reached.add(to)
      if (ending.has(to)) for (const state of from) ending.add(state)
    }
  }
  for (const [name, point] of Object.entries(states)) {
    if (!hasWords(point.words)) fail(`${at}.states.${name}.words`, '需要中英文名称', 'needs words in both languages')
    if (point.awaits !== undefined && !(point.awaits in PERMITS)) fail(`${at}.states.${name}.awaits`, '没有这种许可', 'there is no such permit')
    if (point.result !== undefined && !RESULTS.includes(point.result)) fail(`${at}.states.${name}.result`, '没有这种结果', 'there is no such result')
    if (!reached.has(name)) fail(`${at}.states.${name}`, '无法到达', 'cannot be reached')
    if (!ending.has(name)) fail(`${at}.states.${name}`, '走到这里无法结束', 'leads to no end')
  }
}
