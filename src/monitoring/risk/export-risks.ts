import { sql } from 'kysely'
import type { Context, Language, RawReply } from '../../kernel/index.ts'
import { getCityFacts, findDivisions } from '../../atlas/index.ts'
import { demandHere } from '../scope.ts'
import { writeList } from '../sheet/list-file.ts'
import type { RisksSheetQuery } from './contract.ts'
import { FIELDS, KINDS_OF_RISK } from './kinds.ts'
import { RISK_LEVELS } from './matrix.ts'
import { devicesOf, keyOfRisk } from './ringing.ts'
import { RISK_COLUMNS, RISK_STATE_NAMES } from './risk-list.ts'
import { risksFitting, unitNames } from './risks.ts'
import { ownRisks, type RiskTable } from './tables.ts'

/** More is exported by district or field. */
const MOST_WRITTEN = 20_000

/** Risks as a list that the import takes back. */
export async function exportRisks(ctx: Context, { format = 'xlsx', template = false, ...filter }: RisksSheetQuery, language: Language): Promise<RawReply> {
  await demandHere(ctx, 'monitoring.read')
  const { rows } = await sql<RiskTable>`
    select * from risk where ${await risksFitting(ctx, filter)} order by level desc, code, district limit ${template ? 0 : MOST_WRITTEN}`.execute(ownRisks(ctx))
  const devices = await devicesOf(ctx, rows)
  const units = await unitNames(ctx)
  const districts = new Map((await findDivisions(ctx, { level: 'district' })).map(({ code, name }) => [code, name[language]]))
  const lines = rows.map((row) => [
    row.code,
    row.name,
    FIELDS[row.field][language],
    KINDS_OF_RISK[row.kind].words[language],
    row.lng,
    row.lat,
    row.component,
    (devices.get(keyOfRisk(row)) ?? []).join(';'),
    row.likelihood,
    row.consequence,
    row.measures,
    row.ownerUnit,
    row.ownerPerson,
    row.reviewDays,
    row.reviewedAt,
    RISK_STATE_NAMES[row.state][language],
    RISK_LEVELS[row.level - 1]![language],
    row.reviewBy,
    districts.get(row.district) ?? row.district,
    row.ownerUnit === null ? null : units.get(row.ownerUnit)?.[language],
    row.cell,
  ])
  const columns = template ? RISK_COLUMNS.filter((column) => !('shown' in column)) : RISK_COLUMNS
  return writeList({ name: 'risks', title: { zh: '风险清单', en: 'Risks' }, columns, rows: lines }, { format, language, zone: (await getCityFacts(ctx)).zone })
}
