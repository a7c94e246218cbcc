import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { record, type Context } from '../context.ts'
import type { PackFile } from '../room.ts'
import { checkPack } from './check-pack.ts'
import { packDamaged } from './problems.ts'
import { readRows, type Row } from './read-file.ts'

/** Sets a city up from a pack, whole or not at all: checks it, then writes its files in the order of the floors, in this transaction. */
export async function loadPack(ctx: Context, folder: string, files: readonly PackFile[]): Promise<Readonly<Record<string, number>>> {
  const { faults, more, counts, rows } = await checkPack(folder, files)
  if (faults.length > 0) throw packDamaged({ folder, count: faults.length, more }, { faults })

  for (const file of files) {
    if (file.loadEach) {
      if (existsSync(join(folder, file.file))) await file.loadEach(ctx, rowsOf(folder, file))
      continue
    }
    const held = rows.get(file.file)!
    if (held.length > 0) await file.load?.(ctx, held)
  }
  record(ctx, 'pack.loaded', '', '', counts)
  return counts
}

async function* rowsOf(folder: string, file: PackFile): AsyncGenerator<Row> {
  for await (const rows of readRows(folder, file)) {
    for (const { row, faults } of rows) {
      if (faults.length > 0) throw new Error(`${file.file} changed while it was being loaded`)
      yield row
    }
  }
}
