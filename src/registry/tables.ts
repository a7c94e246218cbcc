import type { Context, TableKind } from '../kernel/index.ts'
import type { CategoryKind, LimitUnit } from './catalogue.ts'

export type UnitTable = {
  code: string
  path: string
  parentCode: string | null
  level: number
  kind: 'centre' | 'department' | 'district' | 'street' | 'company' | 'team'
  name: string
  nameEn: string | null
  creditCode: string | null
  regionCode: string | null
  phone: string | null
}

export type PersonTable = {
  id: string
  account: string
  name: string
  phone: string | null
  unitCode: string
  beatCode: string | null
}

export type PersonDutyTable = {
  personId: string
  onDuty: boolean
  since: Date
  position: { x: number; y: number } | null
  positionAt: Date | null
}

export type CategoryTable = {
  id: string
  version: string
  kind: CategoryKind
  code: string
  name: string
  nameEn: string | null
  majorName: string
  majorNameEn: string | null
  geometry: 'point' | 'line' | 'polygon' | null
  component: string | null
  legacy: string | null
  standard: boolean
  source: string | null
}

export type FilingConditionTable = {
  id: string
  category: string
  ordinal: number
  condition: string
  conditionEn: string | null
  closing: string
  closingEn: string | null
  limitA: number
  unitA: LimitUnit
  limitB: number
  unitB: LimitUnit
  limitC: number
  unitC: LimitUnit
  standard: boolean
  source: string | null
}

export type CalendarFile = {
  zone?: string
  /** `["08:00", "12:00"]` */
  hours: [string, string][]
  /** `CN`: the holidays and make-up workdays announced by the State Council, as shipped. */
  holidays?: 'CN'
  days?: { date: string; off: boolean; name?: string }[]
}

export type CalendarTable = {
  version: number
  recordedAt: Date
  body: CalendarFile
  recordedBy: string | null
  recordedByName: string | null
  note: string | null
}

export type DictionaryTable = { name: string; code: string; ordinal: number; word: string; wordEn: string | null; standard: boolean }

export type SettingTable = { code: string; value: number; setAt: Date; setBy: string; setByName: string }

export type RegistryTables = {
  unit: UnitTable
  person: PersonTable
  personDuty: PersonDutyTable
  category: CategoryTable
  filingCondition: FilingConditionTable
  calendar: CalendarTable
  dictionary: DictionaryTable
  setting: SettingTable
}

export const ownTables = ({ db }: Pick<Context, 'db'>) => db.withTables<RegistryTables>()

export const tables = {
  unit: 'reference',
  person: 'reference',
  person_duty: 'local',
  category: 'reference',
  filing_condition: 'reference',
  calendar: 'reference',
  dictionary: 'reference',
  setting: 'reference',
} as const satisfies Record<string, TableKind>
