// Imports Boston's requests and sets the program's statistics beside the file's own figures. See README.md.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import { rooms } from '../../src/app.ts'
import { importCases, type ImportResult } from '../../src/cases/index.ts'
import { readConfig } from '../../src/config.ts'
import { createKernel, loadPack, systemActor, type Kernel } from '../../src/kernel/index.ts'
import { readFileFigures } from './file-figures.ts'
import { readProgramFigures } from './program-figures.ts'
import { printComparison } from './print.ts'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { verify: { type: 'boolean', default: true }, refused: { type: 'string' } },
  allowNegative: true,
})
const file = positionals[0] ?? here('boston-311-2011H2-5000.csv.gz')
const mapping = here('mapping.json')

/** `PWDx` of the file is the unit `/BOS/PWDx/`; the mapping says which. */
function departments(): Map<string, string> {
  const { columns } = JSON.parse(readFileSync(mapping, 'utf8')) as { columns: { unit: { values: Record<string, string> } } }
  const units = parse(readFileSync(here('pack/units.csv')), { columns: true }) as { code: string; parent: string }[]
  const parents = new Map(units.map(({ code, parent }) => [code, parent]))
  return new Map(Object.entries(columns.unit.values).map(([name, code]) => [`/${parents.get(code)}/${code}/`, name]))
}

async function importTwice(kernel: Kernel): Promise<ImportResult> {
  const began = performance.now()
  const first = await importCases(kernel, { file, mapping, language: 'en', ...(values.refused && { refused: values.refused }) })
  await kernel.settle()
  const seconds = (performance.now() - began) / 1000
  console.log(`import   ${first.rows} rows: ${first.taken} taken, ${first.refused} refused; counted after ${seconds.toFixed(1)} s`)
  for (const { line, reason } of first.first) console.log(`         line ${line} refused: ${reason}`)
  const again = await importCases(kernel, { file, mapping, language: 'en' })
  console.log(`again    ${again.rows} rows: ${again.taken} taken, ${again.repeated} known already and left as they are`)
  if (again.taken > 0) throw new Error('the second import took rows')
  await kernel.settle()
  return first
}

async function verify(kernel: Kernel): Promise<boolean> {
  let right = true
  for (const check of rooms.flatMap((room) => room.checks ?? [])) {
    const faults: string[] = []
    await kernel.read({ actor: systemActor }, async (ctx) => {
      for await (const fault of check.run(ctx)) faults.push(fault)
    })
    console.log(`verify   ${check.proves.en}: ${faults.length === 0 ? 'yes' : `${faults.length} differences`}`)
    for (const fault of faults.slice(0, 10)) console.log(`         ${fault}`)
    right &&= faults.length === 0
  }
  return right
}

async function run(): Promise<boolean> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'chengyun-boston-'))
  // A database of its own, thrown away at the end: nothing of this touches a running city.
  const config = readConfig({ CHENGYUN_DATA: dataFolder })
  const kernel = await createKernel({ ...config, say: () => {} }, rooms)
  try {
    const pack = rooms.flatMap((room) => room.pack ?? [])
    await kernel.transact({ actor: systemActor }, (ctx) => loadPack(ctx, here('pack'), pack))
    await kernel.start({ jobs: false })
    await importTwice(kernel)
    const equal = printComparison(await readFileFigures(file), await readProgramFigures(kernel, departments()))
    return (values.verify ? await verify(kernel) : true) && equal
  } finally {
    await kernel.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

process.exitCode = (await run()) ? 0 : 1
