import type { Context, TableKind } from '../../../kernel/index.ts'
import type { ReportTexts } from './contract.ts'
import type { Figures, ReportKind } from './figures.ts'

export type FloodReportTable = {
  id: string
  kind: ReportKind
  region: string
  year: number
  number: number | null
  at: Date
  form: number
  figures: Figures
  texts: ReportTexts
  revision: number
  madeAt: Date
  madeBy: string
  madeByName: string
  issuedAt: Date | null
  issuedBy: string | null
  issuedByName: string | null
  digest: string | null
}

export const ownReports = ({ db }: Pick<Context, 'db'>) => db.withTables<{ floodReport: FloodReportTable }>()

export const reportTables = { flood_report: 'reference' } as const satisfies Record<string, TableKind>
