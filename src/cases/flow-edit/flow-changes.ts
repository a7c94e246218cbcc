// What is different between two flows, in words. Pure: the page shows it while one edits, the server before it publishes.

import type { Words } from '../../kernel/contract.ts'
import type { Flow, FlowAct, FlowPoint } from '../flow.ts'
import { PERMITS } from '../permits.ts'

export interface Change {
  readonly at: string
  readonly words: Words
}

type Say = (value: unknown, flow: Flow) => Words

const both = (text: string): Words => ({ zh: text, en: text })
const none: Words = { zh: '无', en: 'none' }

const FIELDS: Readonly<Record<string, Words>> = {
  words: { zh: '名称', en: 'name' },
  stage: { zh: '阶段', en: 'stage' },
  awaits: { zh: '等待', en: 'waits for' },
  task: { zh: '现场任务', en: 'task on site' },
  ended: { zh: '结束', en: 'ends the case' },
  paused: { zh: '停钟', en: 'stops time' },
  by: { zh: '时限来源', en: 'limit from' },
  amount: { zh: '时限', en: 'limit' },
  unit: { zh: '时限单位', en: 'unit of the limit' },
  share: { zh: '时限比例', en: 'share of the limit' },
  least: { zh: '最短时限', en: 'least limit' },
  from: { zh: '从', en: 'from' },
  to: { zh: '到', en: 'to' },
  permit: { zh: '许可', en: 'permit' },
  needs: { zh: '必填', en: 'needs' },
  takes: { zh: '选填', en: 'takes' },
  clock: { zh: '起计时限', en: 'starts the limit' },
  clockDoes: { zh: '时钟', en: 'the clock' },
  // oxlint-disable-next-line unicorn/no-thenable -- the word of the flow's own format
  then: { zh: '随后自动', en: 'is followed by' },
  counts: { zh: '计入', en: 'counts as' },
  byDisposer: { zh: '处置人可否执行', en: 'open to who disposed' },
  reasons: { zh: '理由字典', en: 'reasons' },
  limit: { zh: '时限', en: 'limit' },
  most: { zh: '次数', en: 'at most' },
  window: { zh: '可申请时间', en: 'window' },
  longestDays: { zh: '最长天数', en: 'most days' },
}

const UNITS: Readonly<Record<string, Words>> = {
  urgent_hour: { zh: '紧急工作时', en: 'urgent hours' },
  work_hour: { zh: '工作时', en: 'working hours' },
  work_day: { zh: '工作日', en: 'working days' },
}

const nameOf = (flow: Flow, kind: 'states' | 'steps' | 'clocks', name: unknown): Words => (flow[kind] as Record<string, { words: Words }>)[name as string]?.words ?? both(String(name))

function join(parts: readonly Words[]): Words {
  return parts.length === 0 ? none : { zh: parts.map(({ zh }) => zh).join('、'), en: parts.map(({ en }) => en).join(', ') }
}

const SAYS: Readonly<Record<string, Say>> = {
  words: (value) => value as Words,
  permit: (value) => (value === null ? { zh: '系统', en: 'the platform' } : (PERMITS[value as keyof typeof PERMITS] ?? both(String(value)))),
  awaits: (value) => PERMITS[value as keyof typeof PERMITS] ?? both(String(value)),
  to: (value, flow) => nameOf(flow, 'states', value),
  from: (value, flow) => join((value as string[]).map((state) => nameOf(flow, 'states', state))),
  clock: (value, flow) => nameOf(flow, 'clocks', value),
  // oxlint-disable-next-line unicorn/no-thenable -- the word of the flow's own format
  then: (value, flow) => nameOf(flow, 'steps', value),
  unit: (value) => UNITS[String(value)] ?? both(String(value)),
  limit: (value) => sayLimit(value as FlowPoint['limit']),
  window: (value) => sayLimit(value as FlowPoint['limit']),
}

function sayLimit(limit: FlowPoint['limit']): Words {
  if (!limit) return none
  const unit = UNITS[limit.unit] ?? both(limit.unit)
  return { zh: `${limit.amount} ${unit.zh}`, en: `${limit.amount} ${unit.en}` }
}

function say(field: string, value: unknown, flow: Flow): Words {
  if (value === undefined || value === '') return none
  const how = SAYS[field]
  if (how) return how(value, flow)
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  if (Array.isArray(value)) return join(value.map((each) => both(String(each))))
  return both(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

interface Part {
  readonly words: Words
}

function compareParts(flows: readonly [Flow, Flow], at: string, what: Words, before: Readonly<Record<string, Part>>, after: Readonly<Record<string, Part>>, leave: readonly string[] = []): Change[] {
  const changes: Change[] = []
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[name], after[name]]
    const path = `${at}.${name}`
    if (!old || !now) {
      const { words } = (now ?? old)!
      const [zh, en] = now ? ['新增', 'New'] : ['删去', 'Removed']
      changes.push({ at: path, words: { zh: `${zh}${what.zh}“${words.zh}”`, en: `${en} ${what.en} “${words.en}”` } })
      continue
    }
    changes.push(...compareFields(flows, path, { zh: `${what.zh}“${now.words.zh}”`, en: `${what.en} “${now.words.en}”` }, old, now, leave))
  }
  return changes
}

function compareFields(flows: readonly [Flow, Flow], at: string, whose: Words, old: object, now: object, leave: readonly string[] = []): Change[] {
  const [before, after] = [old as Record<string, unknown>, now as Record<string, unknown>]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    if (leave.includes(field) || same(before[field], after[field])) return []
    const [was, is] = [say(field, before[field], flows[0]), say(field, after[field], flows[1])]
    const name = FIELDS[field] ?? both(field)
    return [{ at: `${at}.${field}`, words: { zh: `${whose.zh}的${name.zh}：${was.zh} → ${is.zh}`, en: `${whose.en}, ${name.en}: ${was.en} → ${is.en}` } }]
  })
}

/** Every difference from `before` to `after`, from the stages to the procedures. */
export function flowChanges(before: Flow, after: Flow): Change[] {
  const flows = [before, after] as const
  const changes: Change[] = []
  const stages = (flow: Flow): Words => ({ zh: flow.stages.map(({ zh }) => zh).join('、'), en: flow.stages.map(({ en }) => en).join(', ') })
  if (!same(before.stages, after.stages)) {
    const [was, is] = [stages(before), stages(after)]
    changes.push({ at: 'stages', words: { zh: `阶段：${was.zh} → ${is.zh}`, en: `Stages: ${was.en} → ${is.en}` } })
  }
  changes.push(...compareParts(flows, 'states', { zh: '状态', en: 'state' }, before.states, after.states))
  changes.push(...compareParts(flows, 'clocks', { zh: '时限', en: 'limit' }, before.clocks, after.clocks))
  changes.push(...compareParts(flows, 'steps', { zh: '步骤', en: 'step' }, before.steps, after.steps))
  changes.push(...compareParts(flows, 'procedures', { zh: '程序', en: 'procedure' }, before.procedures, after.procedures, ['opens', 'states', 'acts']))
  for (const [name, now] of Object.entries(after.procedures)) {
    const old = before.procedures[name]
    if (!old) continue
    const at = `procedures.${name}`
    const of = (kind: Words): Words => ({ zh: `程序“${now.words.zh}”的${kind.zh}`, en: `procedure “${now.words.en}”, ${kind.en}` })
    const acts = (opens: FlowAct, others: Readonly<Record<string, FlowAct>>) => ({ ...others, opens })
    changes.push(...compareParts(flows, `${at}.states`, of({ zh: '状态', en: 'state' }), old.states, now.states))
    changes.push(...compareParts(flows, `${at}.acts`, of({ zh: '动作', en: 'act' }), acts(old.opens, old.acts), acts(now.opens, now.acts)))
  }
  return changes
}
