// Looks over a page that is open: a picture, what axe finds, and its words in both languages.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { takePicture, type Seat } from '../browser.ts'
import { findForeign, speak } from './wording.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What was found so far; the tests at the end say whether it is nothing. */
export const found = { barriers: [] as string[], foreign: { zh: [] as string[], en: [] as string[] } }

interface How {
  /** Leaves the language alone: where turning it would lose what was entered. */
  readonly chinese?: boolean
  readonly full?: boolean
  /** What the server told another page. */
  readonly known?: readonly string[]
}

export async function inspect(seat: Seat, name: string, { chinese = false, full = false, known = [] }: How = {}): Promise<void> {
  await seat.calm()
  await takePicture(seat, name, full)
  found.foreign.zh.push(...(await findForeign(seat, 'zh', known)).map((what) => `${name}: ${what}`))
  found.barriers.push(...(await findBarriers(seat)).map((what) => `${name}: ${what}`))
  if (chinese) return
  await speak(seat, 'en')
  await takePicture(seat, `${name}-en`, full)
  found.foreign.en.push(...(await findForeign(seat, 'en', known)).map((what) => `${name}: ${what}`))
  await speak(seat, 'zh')
}

/** What keeps someone from using the page. The map's own canvas is left to the list beside it. */
async function findBarriers({ page }: Seat): Promise<string[]> {
  await page.evaluate(axe)
  const results = await page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as { axe: { run(scope: object, how: object): Promise<AxeResults> } }
    return tool.run({ exclude: [['.maplibregl-canvas']] }, { resultTypes: ['violations'] })
  })
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => {
      const where = nodes.slice(0, 3).map(({ target }) => target.join(' '))
      return `${impact} ${id}: ${where.join(' | ')} (${nodes.length})`
    })
}
