import { sql } from 'kysely'
import { changeAccount, createAccount, keyOf, pageOf, record, type Context } from '../kernel/index.ts'
import type { Person, PersonListed } from './contract.ts'
import { grantsOf } from './grants.ts'
import { personUnknown } from './problems.ts'
import { unitCodesSeen } from './scope.ts'
import { ownTables } from './tables.ts'
import { getUnit } from './units.ts'

export const people = (ctx: Context) =>
  ownTables(ctx)
    .selectFrom('person')
    .innerJoin('unit', 'unit.code', 'person.unitCode')
    .select(['person.id', 'person.account', 'person.name', 'person.phone', 'person.unitCode', 'person.beatCode'])
    .select(['unit.path as unitPath', 'unit.name as unitZh', 'unit.nameEn as unitEn'])

type PersonFound = Omit<Person, 'unitName'> & { unitZh: string; unitEn: string | null }

export const presentPerson = ({ unitZh, unitEn, ...person }: PersonFound): Person => ({
  ...person,
  unitName: { zh: unitZh, en: unitEn ?? unitZh },
})

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The person behind an account's id; undefined for an administrator without a post, a machine or the system. */
export async function findPerson(ctx: Context, accountId: string): Promise<Person | undefined> {
  if (!UUID.test(accountId)) return undefined
  const row = await people(ctx).where('person.id', '=', accountId).executeTakeFirst()
  return row && presentPerson(row)
}

export async function findPersonByAccount(ctx: Context, account: string): Promise<Person | undefined> {
  const row = await people(ctx).where('person.account', '=', account).executeTakeFirst()
  return row && presentPerson(row)
}

export async function getPerson(ctx: Context, accountId: string): Promise<Person> {
  const found = await findPerson(ctx, accountId)
  if (!found) throw personUnknown()
  return found
}

export interface PeopleQuestion {
  readonly text?: string | undefined
  /** The path of a unit, for its people and those below it. */
  readonly unit?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** People of the units that the caller may see, with their posts, in the order of their accounts. */
export async function listPeople(ctx: Context, { text, unit, cursor, limit = 50 }: PeopleQuestion) {
  const seen = await unitCodesSeen(ctx, 'registry.read')
  const [after] = cursor === undefined ? [] : keyOf(cursor, 'text')
  const rows = await people(ctx)
    .leftJoin('personDuty', 'personDuty.personId', 'person.id')
    .select('personDuty.onDuty')
    .where(sql<boolean>`person.unit_code = any(${seen}::text[])`)
    .$if(after !== undefined, (query) => query.where('person.account', '>', after!))
    .$if(unit !== undefined, (query) => query.where(sql<boolean>`starts_with(unit.path, ${unit})`))
    .$if(text !== undefined && text.trim() !== '', (query) =>
      query.where(sql<boolean>`strpos(lower(person.account || ' ' || person.name), ${text?.trim().toLowerCase()}) > 0`),
    )
    .orderBy('person.account')
    .limit(limit + 1)
    .execute()
  const posts = await grantsOf(ctx, rows.slice(0, limit).map(({ id }) => id))
  const show = ({ onDuty, ...person }: (typeof rows)[number]): PersonListed => {
    const held = posts.get(person.id) ?? []
    const shown = held.map(({ role, roleName, region, unit: unitPath, category }) => ({ role, roleName, region, unit: unitPath, category }))
    return { ...presentPerson(person), posts: shown, onDuty: onDuty ?? false }
  }
  return pageOf(rows, limit, show, ({ account }) => [account])
}

export interface NewPerson {
  readonly account: string
  readonly name: string
  readonly phone?: string | null | undefined
  readonly unit: string
  readonly beat?: string | null | undefined
  readonly password?: string | undefined
}

/** For the trail, which is kept for good: that a telephone was set, and not which. */
const told = <T extends { phone?: string | null | undefined }>(given: T) => ('phone' in given ? { ...given, phone: given.phone ? '***' : null } : given)

/** Adds a person with an account that may do nothing yet: the posts are given by the security administrator. */
export async function addPerson(ctx: Context, { account, name, phone, unit, beat, password }: NewPerson): Promise<Person> {
  const { code, region } = await getUnit(ctx, unit)
  const { id } = await createAccount(ctx, { account, name, password: password ?? null, region, mustChangePassword: password !== undefined })
  const person = { id, account, name, phone: phone ?? null, unitCode: code, beatCode: beat ?? null }
  await ownTables(ctx).insertInto('person').values(person).execute()
  record(ctx, 'registry.person-added', id, '', told(person))
  return getPerson(ctx, id)
}

export async function changePerson(ctx: Context, id: string, change: Partial<Omit<NewPerson, 'account' | 'password'>>): Promise<Person> {
  const before = await getPerson(ctx, id)
  const { code } = await getUnit(ctx, change.unit ?? before.unitCode)
  const name = change.name ?? before.name
  // Whether the caller reaches the account is for access to say, and so it is told first.
  await changeAccount(ctx, id, { name })
  const phone = change.phone === undefined ? before.phone : change.phone
  const beatCode = change.beat === undefined ? before.beatCode : change.beat
  await ownTables(ctx).updateTable('person').set({ name, phone, unitCode: code, beatCode }).where('id', '=', id).execute()
  record(ctx, 'registry.person-changed', id, '', told(change))
  return getPerson(ctx, id)
}
