// 隐患转案件: what is found becomes a case by itself, and stands in the register where its case stands.

import { sql } from 'kysely'
import { caseLampChanged, caseStepped, findPublicCase, reportCase, rootOf, type CaseKey, type CaseRow } from '../../cases/index.ts'
import { onBatch, type Context, type Job } from '../../kernel/index.ts'
import { refusalOf, sendOn } from '../alarms/to-case.ts'
import { HAZARD_CASE, tellHazard } from './hazards.ts'
import type { RiskKey } from './risks.ts'
import { GRADES, isLate, stageOf, type HazardSource } from './stage.ts'
import { ownRisks, type HazardTable } from './tables.ts'
import { countHazards } from './tally.ts'

/** As what source its case is counted. */
const SOURCES: Readonly<Record<HazardSource, string>> = { inspection: 'department', citizen: 'public', alarm: 'sensor' }

/** What keeps it from becoming a case is thrown, and tried again. */
export const hazardCase: Job = {
  name: HAZARD_CASE,
  run: async (ctx, key: RiskKey) => void (await openCase(ctx, key)),
}

const lockHazard = (ctx: Context, { code, district }: RiskKey): Promise<HazardTable | undefined> =>
  ownRisks(ctx).selectFrom('hazard').selectAll().where('code', '=', code).where('district', '=', district).forUpdate().executeTakeFirst()

/** Makes the one case of a hazard; the same again finds the one that is there. What citizens say is verified by people first. */
export async function openCase(ctx: Context, key: RiskKey): Promise<CaseKey | undefined> {
  const row = await lockHazard(ctx, key)
  if (!row) return undefined
  if (row.caseNumber !== null) return { number: row.caseNumber, district: row.district }
  const { number, district } = await reportCase(ctx, {
    source: SOURCES[row.source],
    category: row.category,
    description: `【${GRADES[row.grade - 1]!.zh}】${row.words}（${row.code}${row.risk === null ? '' : `，风险 ${row.risk}`}）`,
    position: [row.lng, row.lat],
    key: `${row.district}:${row.code}`,
    system: 'monitoring.hazard',
    attributes: { hazard: row.code, ...(row.risk !== null && { risk: row.risk }), grade: row.grade, foundBy: row.foundBy },
    files: row.files,
    ...(row.component !== null && { componentCode: row.component }),
  })
  try {
    if (row.source !== 'citizen') await sendOn(ctx, { number, district }, row.ownerUnit)
  } catch (error) {
    // Such as a unit that is no more: the case stands where it has come to, and people take it on.
    refusalOf(error)
  }
  await stand(ctx, { ...row, caseNumber: number }, (await findPublicCase(ctx, { number, district }))!)
  return { number, district }
}

/** A hazard stands where its case stands, or the one that goes on in place of a merged one. */
async function stand(ctx: Context, before: HazardTable, row: CaseRow): Promise<void> {
  const change = standing(before, row)
  const after = { ...before, ...change }
  await ownRisks(ctx).updateTable('hazard').set({ ...change, caseNumber: before.caseNumber }).where('code', '=', before.code).where('district', '=', before.district).execute()
  await countHazards(ctx, [{ before, after }])
  tellHazard(ctx, after)
}

export const standing = (before: Pick<HazardTable, 'ownerUnit'>, row: CaseRow) => ({
  follows: row.number,
  ownerUnit: row.unitCode ?? before.ownerUnit,
  stage: stageOf(row),
  late: isLate(row),
  dueAt: row.endedAt ? null : row.dueAt,
  endedAt: row.endedAt,
})

export async function caseFollowed(ctx: Context, key: CaseKey): Promise<CaseRow | undefined> {
  const row = await findPublicCase(ctx, key)
  return row && rootOf(ctx, row)
}

/** The hazards of these cases follow them; read from the cases as they are now, so hearing twice does no harm. */
export async function followCases(ctx: Context, numbers: readonly string[]): Promise<void> {
  const { rows } = await sql<HazardTable>`
    select * from hazard where case_number = any(${numbers as string[]}::text[]) or follows = any(${numbers as string[]}::text[])
     order by district, code for update`.execute(ownRisks(ctx))
  for (const hazard of rows) {
    const row = await caseFollowed(ctx, { number: hazard.caseNumber!, district: hazard.district })
    if (row) await stand(ctx, hazard, row)
  }
}

export const hazardCases = onBatch([caseStepped, caseLampChanged], 'monitoring.hazard-cases', 200, (ctx, events) =>
  followCases(ctx, [...new Set(events.map(({ body }) => (body as CaseKey).number))]),
)
