import { createHash } from 'node:crypto'
import type { Check } from '../../../kernel/index.ts'
import { ownReports, type FloodReportTable } from './tables.ts'

/** Of what was issued, as the database gives it back. */
export const digestOf = ({ kind, region, year, number, at, form, figures, texts, issuedAt, issuedBy, issuedByName }: Omit<FloodReportTable, 'digest'>): string =>
  createHash('sha256').update(JSON.stringify([kind, region, year, number, at, form, figures, texts, issuedAt, issuedBy, issuedByName])).digest('hex')

const AT_ONCE = 100

/** Every issued report is what was issued, and none of them is gone. */
export const reportsStand: Check = {
  name: 'flood-reports',
  proves: { zh: '已签发的内涝快报与签发时一致，期号连续', en: 'Flood reports stand as they were issued, and none is missing' },
  async *run(ctx) {
    let after: string | undefined
    for (;;) {
      const rows = await ownReports(ctx)
        .selectFrom('floodReport')
        .selectAll()
        .where('number', 'is not', null)
        .where((where) => (after === undefined ? where.val(true) : where('id', '>', after)))
        .orderBy('id')
        .limit(AT_ONCE)
        .execute()
      for (const row of rows) {
        if (digestOf(row) !== row.digest) yield `flood-reports: ${row.kind} ${row.region} ${row.year}/${row.number} is not what was issued`
      }
      if (rows.length < AT_ONCE) break
      after = rows.at(-1)!.id
    }
    const counts = await ownReports(ctx)
      .selectFrom('floodReport')
      .select(({ fn }) => ['kind', 'region', 'year', fn.max('number').as('last'), fn.count<number>('number').as('n')])
      .where('number', 'is not', null)
      .groupBy(['kind', 'region', 'year'])
      .execute()
    for (const { kind, region, year, last, n } of counts) if (Number(last) !== Number(n)) yield `flood-reports: of ${kind} ${region} ${year} only ${n} of ${last} are there`
  },
}
