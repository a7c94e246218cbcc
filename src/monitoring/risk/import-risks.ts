import { sql } from 'kysely'
import { record, type Context } from '../../kernel/index.ts'
import { findCity, findComponent, getCityFacts, locator } from '../../atlas/index.ts'
import { findUnits } from '../../registry/index.ts'
import { directory } from '../directory.ts'
import { demandHere, reacherOf } from '../scope.ts'
import type { FaultShown, ListBody, ListChecked } from '../sheet/contract.ts'
import { shown, unsound } from '../sheet/import-devices.ts'
import { faultOf, named, readList, type ListRow, type ReadList } from '../sheet/list-file.ts'
import { matrixNow } from './city-matrix.ts'
import { devicesOf, keyOfRisk } from './ringing.ts'
import { codeOf, readRisk, RISK_COLUMNS, sameRisk, type Known, type ReadRisk } from './risk-list.ts'
import { bodyOf } from './risks.ts'
import { ownRisks, type RiskTable } from './tables.ts'
import { rowOf, writeRisks } from './write-risks.ts'

const EDIT = 'monitoring.risk'
const NAMED_AT_MOST = 1_000
/** Sheets keep a moment less exactly. */
const MINUTE_MS = 60_000

/** Checks a list of risks whole, says what it would change, and changes it when it is sound and `apply` is asked. What the list does not name stays. */
export async function importRisks(ctx: Context, { apply, ...given }: ListBody): Promise<ListChecked> {
  await demandHere(ctx, EDIT)
  const list = await readList(given, RISK_COLUMNS, (await getCityFacts(ctx)).zone)
  const standing = await standingRisks(ctx, list.rows.map(codeOf))
  const known = await knownTo(ctx, list, standing)
  const read = list.rows.map((row) => readRisk(row, known))
  const faults = [...list.faults, ...twice(list.rows), ...read.flatMap((each) => each.faults)].toSorted((one, other) => one.row - other.row)
  if (apply && faults.length > 0) throw unsound(faults)
  const added = read.filter((each) => !standing.has(keyOfRisk(each)))
  const changed = read.filter((each) => {
    const before = standing.get(keyOfRisk(each))
    return before && !(sameRisk(before.body, each.body) && (each.reviewedAt === undefined || Math.abs(+each.reviewedAt - +before.row.reviewedAt) < MINUTE_MS))
  })
  if (apply) await write(ctx, [...added, ...changed], standing)
  return { rows: read.length, added: added.length, changed: changed.length, same: read.length - added.length - changed.length, ...shown(faults), applied: apply }
}

type Stands = ReadonlyMap<string, { row: RiskTable; body: ReturnType<typeof bodyOf> }>

async function write(ctx: Context, those: readonly ReadRisk[], standing: Stands): Promise<void> {
  if (those.length === 0) return
  const matrix = await matrixNow(ctx)
  await writeRisks(
    ctx,
    those.map((each) => {
      const before = standing.get(keyOfRisk(each))?.row
      return { row: rowOf(ctx, matrix, { ...each, before }), before, devices: each.body.devices, what: 'imported' as const }
    }),
  )
  const districts = new Set(those.map(({ district }) => district))
  const district = districts.size === 1 ? [...districts][0]! : ((await findCity(ctx))?.code ?? '')
  record(ctx, 'monitoring.risks-imported', those[0]!.code, district, { risks: those.length, codes: those.slice(0, NAMED_AT_MOST).map(({ code }) => code) })
}

/** One code stands in one row. */
function twice(rows: readonly ListRow[]): FaultShown[] {
  const first = new Map<string, number>()
  return rows.flatMap((row) => {
    const code = codeOf(row)
    const before = first.get(code)
    if (before === undefined) first.set(code, row.row)
    return before === undefined || code === '' ? [] : [faultOf(row.row, RISK_COLUMNS[0].title, [`编号 ${code} 已在第 ${before} 行`, `the code ${code} stands in row ${before} already`], ['留下一行', 'keep one of the rows'])]
  })
}

async function standingRisks(ctx: Context, codes: readonly string[]): Promise<Stands> {
  const { rows } = await sql<RiskTable>`select * from risk where code = any(${codes as string[]}::text[]) for update`.execute(ownRisks(ctx))
  const devices = await devicesOf(ctx, rows)
  return new Map(rows.map((row) => [keyOfRisk(row), { row, body: bodyOf(row, devices.get(keyOfRisk(row)) ?? []) }]))
}

async function knownTo(ctx: Context, { rows, has }: ReadList, standing: Stands): Promise<Known> {
  const unit = named((await findUnits(ctx)).map(({ code, name }) => ({ code, ...name })))
  const { byCode } = await directory(ctx)
  const cellAt = await locator(ctx)
  const components = new Set<string>()
  const there = new Set([...standing.values()].flatMap(({ body }) => body.component ?? []))
  for (const code of new Set(rows.map((row) => row.cell('component')))) if (code !== '' && (there.has(code) || (await findComponent(ctx, code)))) components.add(code)
  const districts = Map.groupBy(standing.values(), ({ row }) => row.code)
  return {
    unit: (word) => unit(word)?.code,
    isComponent: (code) => components.has(code),
    isDevice: (code) => byCode.has(code),
    locate: (at) => cellAt(at),
    mayKeep: await reacherOf(ctx, EDIT),
    standing: (code, district) => {
      const found = standing.get(keyOfRisk({ code, district }))
      return found && { body: found.body, district, reviewedAt: found.row.reviewedAt }
    },
    elsewhere: (code, district) => districts.get(code)?.find(({ row }) => row.district !== district)?.row.district,
    has,
    now: ctx.now,
  }
}
