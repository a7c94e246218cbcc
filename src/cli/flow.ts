import { InvalidArgumentError, type Command } from 'commander'
import { readFileSync } from 'node:fs'
import { currentFlow, flowFaults, flowKey, runTrial, type Flow, type LimitChange, type TrialResult, type Weights } from '../cases/index.ts'
import { systemActor } from '../kernel/index.ts'
import { note, print, printFaults, speak } from './speak.ts'
import { withKernel } from './with-kernel.ts'

interface Tried {
  readonly flow?: string
  readonly limits?: string
  readonly factor?: number
  readonly weights?: string
  readonly months: number
  readonly json: boolean
}

const refuse = (zh: string, en: string) => new InvalidArgumentError(speak({ zh, en }))

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 100)) throw refuse('需为正数', 'must be a number above zero')
  return value
}

function months(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 36) throw refuse('需为 1 至 36', 'must be 1 to 36')
  return value
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** The verbs of flows. */
export function addFlow(program: Command): void {
  const flow = program.command('flow').description(speak({ zh: '案件流程', en: 'flows of cases' }))

  flow
    .command('check')
    .argument('<file>')
    .description(speak({ zh: '检查流程文件', en: 'check a file of a flow; exits with 1 where it has faults' }))
    .action((file: string) => {
      const faults = flowFaults(readJson(file) as Flow)
      printFaults(faults)
      if (faults.length > 0) process.exitCode = 1
    })

  flow
    .command('show')
    .description(speak({ zh: '打印新案件所用的流程', en: 'print the flow that new cases follow' }))
    .action(() => withKernel(async (kernel) => print(JSON.stringify(await kernel.transact({ actor: systemActor }, (ctx) => currentFlow(ctx)), null, 2))))

  flow
    .command('try')
    .option('--flow <file>', speak({ zh: '流程文件；不给则各案沿用原流程', en: 'a file of a flow; without it each case keeps its own' }))
    .option('--limits <file>', speak({ zh: '处置时限的改动（JSON）', en: 'changes of limits (JSON)' }))
    .option('--factor <n>', speak({ zh: '所有处置时限乘以', en: 'multiplies every limit of disposal' }), positive)
    .option('--weights <file>', speak({ zh: '得分权重（JSON）', en: 'weights of a score (JSON)' }))
    .option('--months <n>', speak({ zh: '最近几个月的案件', en: 'cases of the last months' }), months, 12)
    .option('--json', speak({ zh: '输出 JSON', en: 'print JSON' }), false)
    .description(speak({ zh: '用过去的案件试运行，不改动任何数据', en: 'try a flow or limits on past cases; changes nothing' }))
    .action((asked: Tried) => tryFlow(asked))
}

async function tryFlow({ flow: file, limits: limitFile, factor, weights, months: last, json }: Tried): Promise<void> {
  const flow = file === undefined ? null : (readJson(file) as Flow)
  const faults = flow ? flowFaults(flow) : []
  if (faults.length > 0) {
    printFaults(faults)
    process.exitCode = 1
    return
  }
  const limits = [...(factor === undefined ? [] : [{ category: '', factor }]), ...(limitFile === undefined ? [] : (readJson(limitFile) as LimitChange[]))]
  const plan = { name: flow ? flowKey(flow) : 'limits', months: last, limits, ...(weights !== undefined && { weights: readJson(weights) as Weights }) }
  await withKernel(async (kernel) => {
    const began = performance.now()
    const result = await kernel.read({ actor: systemActor }, (ctx) =>
      runTrial(ctx, plan, {
        flow,
        onProgress: (seen, total) => {
          note(`${seen} / ${total}`)
          return true
        },
      }),
    )
    if (json) print(JSON.stringify(result, null, 2))
    else printResult(result!, (performance.now() - began) / 1000)
  })
}

function printResult({ cases, totals, units, stages }: TrialResult, seconds: number): void {
  const { disposed, inBefore, inAfter, newlyIn, newlyLate, kept } = totals
  print(
    speak({
      zh: `${cases} 件，其中有时限的处置 ${disposed} 件：按期 ${inBefore} → ${inAfter}（由超期变按期 ${newlyIn}，由按期变超期 ${newlyLate}，沿用原时限 ${kept}），${seconds.toFixed(1)} 秒`,
      en: `${cases} cases, ${disposed} disposed of against a deadline: in time ${inBefore} → ${inAfter} (newly in time ${newlyIn}, newly late ${newlyLate}, deadline kept ${kept}), ${seconds.toFixed(1)} s`,
    }),
  )
  for (const unit of units) print(`${String(unit.disposed).padStart(9)}  ${String(unit.inBefore).padStart(9)} → ${String(unit.inAfter).padStart(9)}  +${unit.newlyIn} −${unit.newlyLate}  ${speak(unit.name)}`)
  for (const { side, flow, words, amount, unit, n, late } of stages) print(`${side.padEnd(6)}  ${flow}  ${speak(words)} (${amount} ${unit})  ${n - late} / ${n}`)
}
