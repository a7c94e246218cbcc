// Whether a flow can be followed: checked when it is loaded, so that no case is ever stuck by a slip in a file. Pure.

import type { Fault, Words } from '../kernel/index.ts'
import { MOMENTS, NEEDS, OUTCOMES, STAGES, TASK_KINDS, type Flow, type FlowStep } from './flow.ts'
import { PERMITS } from './permits.ts'

const UNITS = ['urgent_hour', 'work_hour', 'work_day']

export function flowFaults(flow: Flow): Fault[] {
  const faults: Fault[] = []
  const fail = (at: string, zh: string, en: string) => faults.push({ at, reason: { zh, en } })
  const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

  if (!isRecord(flow) || !isRecord(flow.states) || !isRecord(flow.steps) || !isRecord(flow.clocks)) {
    fail('', '需要 states、steps、clocks', 'states, steps and clocks are needed')
    return faults
  }
  if (!/^[a-z][a-z0-9-]*$/.test(flow.code ?? '')) fail('code', '需为小写字母、数字和连字符', 'must be lower-case letters, digits and hyphens')
  if (!Number.isInteger(flow.version) || flow.version < 1) fail('version', '需为正整数', 'must be a positive integer')
  if (!Array.isArray(flow.stages) || flow.stages.length !== STAGES) fail('stages', '需为七个阶段', 'must be the seven stages')

  for (const [name, state] of Object.entries(flow.states)) {
    const at = `states.${name}`
    if (!hasWords(state.words)) fail(`${at}.words`, '需要中英文名称', 'needs words in both languages')
    if (!state.ended && !inStages(state.stage)) fail(`${at}.stage`, '需为 1 至 7', 'must be 1 to 7')
    if (state.awaits !== undefined && !(state.awaits in PERMITS)) fail(`${at}.awaits`, '没有这种许可', 'there is no such permit')
    if (state.task !== undefined && !TASK_KINDS.includes(state.task)) fail(`${at}.task`, '没有这种任务', 'there is no such task')
  }
  for (const [name, clock] of Object.entries(flow.clocks)) {
    if (!(clock.amount > 0)) fail(`clocks.${name}.amount`, '需大于零', 'must be more than zero')
    if (!UNITS.includes(clock.unit)) fail(`clocks.${name}.unit`, '没有这种时钟', 'there is no such clock')
    if (clock.share !== undefined && !(clock.share > 0 && clock.share <= 1)) fail(`clocks.${name}.share`, '需在 0 与 1 之间', 'must be between 0 and 1')
  }
  for (const [name, step] of Object.entries(flow.steps)) checkStep(flow, name, step, fail)
  checkWays(flow, fail)
  return faults
}

type Fail = (at: string, zh: string, en: string) => void

function checkStep(flow: Flow, name: string, step: FlowStep, fail: Fail): void {
  const at = `steps.${name}`
  if (!hasWords(step.words)) fail(`${at}.words`, '需要中英文名称', 'needs words in both languages')
  if (step.permit !== null && !(step.permit in PERMITS)) fail(`${at}.permit`, '没有这种许可', 'there is no such permit')
  for (const state of [...(step.from ?? []), ...(step.to === undefined ? [] : [step.to])]) {
    if (!(state in flow.states)) fail(at, `没有状态 ${state}`, `there is no state ${state}`)
  }
  for (const need of [...(step.needs ?? []), ...(step.takes ?? [])]) {
    if (!NEEDS.includes(need)) fail(at, `不认识的要素 ${need}`, `${need} is nothing that a step can need`)
  }
  if (step.clock !== undefined && !(step.clock in flow.clocks)) fail(`${at}.clock`, `没有时限 ${step.clock}`, `there is no clock ${step.clock}`)
  if (step.moment !== undefined && !MOMENTS.includes(step.moment)) fail(`${at}.moment`, '没有这个时刻', 'there is no such moment')
  if (step.outcome !== undefined && !OUTCOMES.includes(step.outcome)) fail(`${at}.outcome`, '没有这种结果', 'there is no such outcome')
  if (step.then !== undefined && !(step.then in flow.steps)) fail(`${at}.then`, `没有步骤 ${step.then}`, `there is no step ${step.then}`)
  if (step.gives !== undefined && flow.states[step.to ?? '']?.task !== step.gives) {
    fail(`${at}.gives`, '须到达办理该任务的状态', 'must lead to the state in which that task is worked on')
  }
}

/** Every state can be reached from a report, and an end from every state. */
function checkWays(flow: Flow, fail: Fail): void {
  const steps = Object.values(flow.steps).filter(({ to }) => to !== undefined)
  if (!steps.some(({ from }) => from.length === 0)) fail('steps', '没有上报步骤', 'no step begins a case')
  const reached = new Set(steps.filter(({ from }) => from.length === 0).map(({ to }) => to!))
  const ending = new Set(Object.keys(flow.states).filter((state) => flow.states[state]!.ended))
  for (let before = -1; before !== reached.size + ending.size; ) {
    before = reached.size + ending.size
    for (const { from, to } of steps) {
      if (from.some((state) => reached.has(state))) reached.add(to!)
      if (ending.has(to!)) for (const state of from) ending.add(state)
    }
  }
  for (const state of Object.keys(flow.states)) {
    if (!reached.has(state)) fail(`states.${state}`, '无法到达', 'cannot be reached')
    if (!ending.has(state)) fail(`states.${state}`, '无法结束', 'leads to no end')
  }
}

const hasWords = (words: Words | undefined) => typeof words?.zh === 'string' && typeof words.en === 'string'
const inStages = (stage: number | undefined) => Number.isInteger(stage) && stage! >= 1 && stage! <= STAGES
