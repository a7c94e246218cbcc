import type { Command } from 'commander'
import { sql } from 'kysely'
import { systemActor, type Check, type Kernel } from '../kernel/index.ts'
import { print, speak } from './speak.ts'
import { withKernel } from './with-kernel.ts'

const SHOWN = 100
/** On a running server a case may be counted a moment after it was written, which is no difference. */
const ATTEMPTS = 3
const PAUSE_MS = 1_500

/** The verb that proves the figures. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .option('--only <name...>', speak({ zh: '只做这些检查', en: 'only these checks' }))
    .description(speak({ zh: '核对：重新计数、重放流程、审计链、文件', en: 'prove it: recount, refold, audit chain, files; exits 1 when something differs' }))
    .action(({ only }: { only?: string[] }) =>
      withKernel(async (kernel) => {
        await kernel.start({ jobs: false })
        const differing = await verify(kernel, print, only)
        if (differing > 0) process.exitCode = 1
      }),
    )
}

/** Runs the checks of all rooms and says what each found; the answer is how many found a difference. */
export async function verify(kernel: Kernel, say: (line: string) => void, only?: readonly string[]): Promise<number> {
  let differing = 0
  const checks = kernel.rooms.flatMap((room) => room.checks ?? []).filter(({ name }) => !only || only.includes(name))
  for (const check of checks) {
    const found = await findSettled(kernel, check)
    say(`${found.length === 0 ? '✔' : '✘'} ${check.name}  ${speak(check.proves)}`)
    for (const line of found.slice(0, SHOWN)) say(`    ${line}`)
    if (found.length > SHOWN) say(`    … ${found.length - SHOWN} ${speak({ zh: '条未显示', en: 'more' })}`)
    if (found.length > 0) differing++
  }
  return differing
}

async function findSettled(kernel: Kernel, check: Check): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    await kernel.settle()
    const found = await find(kernel, check)
    if (found.length === 0 || attempt === ATTEMPTS) return found
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** One snapshot for the whole check, so that what is compared is of the same moment. */
const find = (kernel: Kernel, check: Check): Promise<string[]> =>
  kernel.transact({ actor: systemActor }, async (ctx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(ctx.db)
    return Array.fromAsync(check.run(ctx))
  })
