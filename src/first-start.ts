// An empty database is not left empty: a trial gets the demo city, anything else a link to set the first administrators.

import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findCity } from './atlas/index.ts'
import { hasAdministrators, makeSetupLink, systemActor, type Kernel } from './kernel/index.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD, loadDemo } from './maker/index.ts'
import { isLoopback } from './welcome.ts'

export interface FirstStart {
  /** Where the first administrators are to be set. */
  readonly setupPath?: string
  /** Accounts of the demo city, with the one password of them all. */
  readonly demo?: { readonly accounts: readonly string[]; readonly password: string }
}

const DEMO_CITY = '999900'

/** Fills an empty database where that is safe, and finds out what the operator is to be told. */
export async function firstStart(kernel: Kernel): Promise<FirstStart> {
  const { config } = kernel
  const isTrial = config.databaseUrl === undefined && isLoopback(config.host)
  const as = { actor: systemActor }
  const [city, administered] = await kernel.read(as, async (ctx) => [await findCity(ctx), await hasAdministrators(ctx)] as const)

  // Left behind by a start that was broken off between the city and its cases: that one is finished now.
  const mark = join(config.dataFolder, 'demo.unfinished')
  const unfinished = city?.code === DEMO_CITY && existsSync(mark)
  if (isTrial && (unfinished || (!city && !administered))) {
    writeFileSync(mark, '', { flush: true })
    config.say('第一次启动：正在生成示范市，约需一分钟 / first start: making the demo city, which takes about a minute')
    const { cases, components } = await loadDemo(kernel)
    rmSync(mark, { force: true })
    config.say(`示范市已就绪 / the demo city is ready: ${cases} 件案卷 cases, ${components} 个部件 components`)
    return { demo: { accounts: DEMO_ACCOUNTS, password: DEMO_PASSWORD } }
  }
  if (!administered) return { setupPath: await kernel.transact(as, (ctx) => makeSetupLink(ctx)) }
  // Its passwords can be read in the source: shown where only this machine can use them.
  return city?.code === DEMO_CITY ? { demo: { accounts: DEMO_ACCOUNTS, password: DEMO_PASSWORD } } : {}
}
