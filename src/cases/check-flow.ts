// Whether a flow can be followed: checked before it is loaded or published, so that no case is ever stuck by a slip. Pure.

import type { Fault, Words } from '../kernel/index.ts'
import { CLOCK_ACTS, COUNTERS, FEWEST_STAGES, MOMENTS, NEEDS, OUTCOMES, STAGES, TASK_KINDS, type Flow, type FlowState, type FlowStep } from './flow.ts'
import { procedureFaults } from './check-procedures.ts'
import { PERMITS } from './permits.ts'

const UNITS = ['urgent_hour', 'work_hour', 'work_day']
/** Taken by the citizen and by the platform itself. */
const HOUSE_TAKES = ['rate', 'recalculated', 'alarm-told', 'hold']

export type Fail = (at: string, zh: string, en: string) => void

/** What is wrong with a flow, and where. `held`: the permits that some role grants, where that is known. */
export function flowFaults(flow: Flow, held?: ReadonlySet<string>): Fault[] {
  const faults: Fault[] = []
  const fail: Fail = (at, zh, en) => faults.push({ at, reason: { zh, en } })

  if (!isRecord(flow) || !isRecord(flow.states) || !isRecord(flow.steps) || !isRecord(flow.clocks) || !isRecord(flow.procedures)) {
    fail('', '需要 states、steps、clocks、procedures', 'states, steps, clocks and procedures are needed')
    return faults
  }
  if (!/^[a-z][a-z0-9-]*$/.test(flow.code ?? '')) fail('code', '需为小写字母、数字和连字符', 'must be lower-case letters, digits and hyphens')
  if (!Number.isInteger(flow.version) || flow.version < 1) fail('version', '需为正整数', 'must be a positive integer')
  const stages = Array.isArray(flow.stages) ? flow.stages.length : 0
  if (stages < FEWEST_STAGES || stages > STAGES) fail('stages', `需为 ${FEWEST_STAGES} 至 ${STAGES} 个阶段`, `must be ${FEWEST_STAGES} to ${STAGES} stages`)
  if (Array.isArray(flow.stages) && !flow.stages.every(hasWords)) fail('stages', '需要中英文名称', 'needs words in both languages')

  for (const [name, state] of Object.entries(flow.states)) checkState(stages, name, state, fail)
  for (const [name, clock] of Object.entries(flow.clocks)) {
    if (!hasWords(clock.words)) fail(`clocks.${name}.words`, '需要中英文名称', 'needs words in both languages')
    if (!(clock.amount > 0)) fail(`clocks.${name}.amount`, '需大于零', 'must be more than zero')
    if (!UNITS.includes(clock.unit)) fail(`clocks.${name}.unit`, '没有这种时钟', 'there is no such clock')
    if (clock.share !== undefined && !(clock.share > 0 && clock.share <= 1)) fail(`clocks.${name}.share`, '需在 0 与 1 之间', 'must be between 0 and 1')
  }
  for (const [name, step] of Object.entries(flow.steps)) checkStep(flow, name, step, fail)
  // What names something that is not there cannot be followed further.
  if (faults.length > 0) return faults

  procedureFaults(flow, fail)
  checkWays(flow, fail)
  checkLimits(flow, fail)
  checkTakers(flow, held, fail)
  checkApart(flow, fail)
  return faults
}

const isRecord = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
export const hasWords = (words: Words | undefined) => typeof words?.zh === 'string' && words.zh !== '' && typeof words.en === 'string' && words.en !== ''

function checkState(stages: number, name: string, state: FlowState, fail: Fail): void {
  const at = `states.${name}`
  const inStages = Number.isInteger(state.stage) && state.stage! >= 1 && state.stage! <= stages
  if (!hasWords(state.words)) fail(`${at}.words`, '需要中英文名称', 'needs words in both languages')
  if (!state.ended && !inStages) fail(`${at}.stage`, `需为 1 至 ${stages}`, `must be 1 to ${stages}`)
  if (state.awaits !== undefined && !(state.awaits in PERMITS)) fail(`${at}.awaits`, '没有这种许可', 'there is no such permit')
  if (state.task !== undefined && !TASK_KINDS.includes(state.task)) fail(`${at}.task`, '没有这种任务', 'there is no such task')
  if (state.ended && state.paused) fail(at, '已结束的状态不能暂停', 'what has ended cannot be paused')
}

function checkStep(flow: Flow, name: string, step: FlowStep, fail: Fail): void {
  const at = `steps.${name}`
  const known = <T>(field: string, value: T | undefined, all: readonly T[], zh: string, en: string) => {
    if (value !== undefined && !all.includes(value)) fail(`${at}.${field}`, zh, en)
  }
  if (!hasWords(step.words)) fail(`${at}.words`, '需要中英文名称', 'needs words in both languages')
  if (step.permit !== null && !(step.permit in PERMITS)) fail(`${at}.permit`, '没有这种许可', 'there is no such permit')
  for (const state of [...(step.from ?? []), ...(step.to === undefined ? [] : [step.to])]) {
    if (!(state in flow.states)) fail(at, `没有状态 ${state}`, `there is no state ${state}`)
  }
  for (const need of [...(step.needs ?? []), ...(step.takes ?? [])]) {
    if (!NEEDS.includes(need)) fail(at, `不认识的要素 ${need}`, `${need} is nothing that a step can need`)
  }
  known('clock', step.clock, Object.keys(flow.clocks), `没有时限 ${step.clock}`, `there is no clock ${step.clock}`)
  known('clockDoes', step.clockDoes, CLOCK_ACTS, '时钟不会这样做', 'no clock does this')
  known('counts', step.counts, COUNTERS, '没有这个计数', 'there is no such counter')
  known('outcome', step.outcome, OUTCOMES, '没有这种结果', 'there is no such outcome')
  known('then', step.then, Object.keys(flow.steps), `没有步骤 ${step.then}`, `there is no step ${step.then}`)
  known('starts', step.starts, Object.keys(flow.procedures), `没有程序 ${step.starts}`, `there is no procedure ${step.starts}`)
  for (const moment of step.moments ?? []) known('moments', moment, MOMENTS, '没有这个时刻', 'there is no such moment')
  if (step.gives !== undefined && flow.states[step.to ?? '']?.task !== step.gives) {
    fail(`${at}.gives`, '须到达办理该任务的状态', 'must lead to the state in which that task is worked on')
  }
}

/** Where a step may lead from a state: a step `back` leads to each state from which one may come. */
function waysOf(flow: Flow): { from: string; to: string }[] {
  const remembered = Object.values(flow.steps).filter(({ remembers }) => remembers)
  return Object.values(flow.steps).flatMap((step) => {
    if (step.to === undefined) return []
    const back = step.back ? remembered.filter(({ to }) => step.from.includes(to ?? '')).flatMap(({ from }) => from) : []
    return step.from.flatMap((from) => [step.to!, ...back].map((to) => ({ from, to })))
  })
}

/** Every state can be reached from a report, and an end from every state. */
function checkWays(flow: Flow, fail: Fail): void {
  const begins = Object.values(flow.steps).flatMap(({ from, to }) => (from.length === 0 && to !== undefined ? [to] : []))
  if (begins.length === 0 || flow.steps['report']?.from.length !== 0) fail('steps', '没有上报步骤 report', 'no step “report” begins a case')
  const reached = new Set(begins)
  const ending = new Set(Object.keys(flow.states).filter((state) => flow.states[state]!.ended))
  const ways = waysOf(flow)
  for (let before = -1; before !== reached.size + ending.size; ) {
    before = reached.size + ending.size
    for (const { from, to } of ways) {
      if (reached.has(from)) reached.add(to)
      if (ending.has(to)) ending.add(from)
    }
  }
  for (const state of Object.keys(flow.states)) {
    if (!reached.has(state)) fail(`states.${state}`, '无法到达', 'cannot be reached')
    if (!ending.has(state)) fail(`states.${state}`, '走到这里无法结束', 'leads to no end')
  }
}

/** Wherever a case waits for someone, a limit runs. */
function checkLimits(flow: Flow, fail: Fail): void {
  for (const [name, step] of Object.entries(flow.steps)) {
    const to = step.to === undefined ? undefined : flow.states[step.to]
    if (!to || to.ended || to.paused || step.clock !== undefined || step.clockDoes === 'resume') continue
    fail(`steps.${name}.clock`, `到达“${to.words.zh}”后没有时限`, `no limit runs once the case is “${to.words.en}”`)
  }
}

/** A step that no person, procedure or other step takes is a dead letter; so is one whose permit no role grants. */
function checkTakers(flow: Flow, held: ReadonlySet<string> | undefined, fail: Fail): void {
  const called = new Set([
    ...HOUSE_TAKES,
    ...Object.values(flow.steps).flatMap(({ then }) => then ?? []),
    ...Object.values(flow.procedures).flatMap(({ opens, acts }) => [opens, ...Object.values(acts)].flatMap(({ then }) => then ?? [])),
  ])
  for (const [name, step] of Object.entries(flow.steps)) {
    if (step.permit === null && !called.has(name)) fail(`steps.${name}.permit`, '没有人能执行这一步', 'nobody can take this step')
    if (step.permit !== null && held && !held.has(step.permit)) {
      fail(`steps.${name}.permit`, `没有角色持有“${PERMITS[step.permit as keyof typeof PERMITS].zh}”`, 'no role grants this permit')
    }
  }
  for (const [name, state] of Object.entries(flow.states)) {
    if (state.ended || state.paused) continue
    const leaves = Object.values(flow.steps).some((step) => step.from.includes(name) && step.to !== undefined && step.permit !== null)
    if (!leaves) fail(`states.${name}`, '没有人能让案件离开这里', 'nobody can move a case on from here')
  }
}

/** 管评分离: whoever disposes neither checks nor closes. */
function checkApart(flow: Flow, fail: Fail): void {
  const disposing = new Set(Object.values(flow.steps).flatMap(({ disposes, permit }) => (disposes && permit !== null ? [permit] : [])))
  for (const [name, step] of Object.entries(flow.steps)) {
    const answers = step.passed !== undefined && step.from.some((state) => flow.states[state]!.task === 'check')
    const closes = step.to !== undefined && flow.states[step.to]!.ended === true && step.outcome === undefined
    if (!answers && !closes) continue
    if (step.byDisposer !== false) fail(`steps.${name}.byDisposer`, '处置人可以核查或结案，须设为 false（管评分离）', 'whoever disposed could check or close: must be false')
    if (step.permit !== null && disposing.has(step.permit)) fail(`steps.${name}.permit`, '与处置使用同一许可（管评分离）', 'uses the same permit as the disposal')
  }
}
