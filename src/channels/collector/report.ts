import { reportCase, takeStep } from '../../cases/index.ts'
import { demand, type Context, type Position, type StoredFile } from '../../kernel/index.ts'
import { getCategory } from '../../registry/index.ts'
import { twoPhotosNeeded } from './problems.ts'
import { noteAct } from './store.ts'
import { keepPhotos } from './tasks.ts'

export interface CollectorReport {
  readonly key: string
  readonly category: string
  readonly condition?: string | undefined
  readonly component?: string | undefined
  readonly position: Position
  readonly address?: string | undefined
  readonly words?: string | undefined
  readonly selfDisposed?: boolean | undefined
}

/** A report from the street; with `selfDisposed` the last photo shows it already put right (自行处置). */
export async function reportFromStreet(ctx: Context, report: CollectorReport, files: readonly StoredFile[]) {
  demand(ctx, 'collector.work')
  const photos = await keepPhotos(ctx, files)
  const { key, category, condition, component, position, address, words, selfDisposed = false } = report
  if (selfDisposed && files.length < 2) throw twoPhotosNeeded()
  const { name } = await getCategory(ctx, category)

  const reported = await reportCase(ctx, {
    source: 'collector',
    category,
    description: words?.trim() || name.zh,
    position,
    ...(address && { address }),
    ...(component && { componentCode: component }),
    files: selfDisposed ? photos.slice(0, -1) : photos,
    key,
    attributes: { channel: 'collector', ...(condition && { condition }) },
  })
  const { number, district, row } = reported
  if (!reported.repeated) await noteAct(ctx, { district, kind: 'report', number, passed: null })
  const done = selfDisposed && row.state === 'reported'
  const { state } = done ? await takeStep(ctx, { number, district }, { step: 'self-dispose', files: photos.slice(-1), position }) : row
  return { number, state, reportedAt: row.reportedAt.toISOString() }
}
