import { createHash } from 'node:crypto'
import {
  changeAccount,
  createAccount,
  findAccountId,
  loadActor,
  passwordFault,
  putGrants,
  putRows,
  type Context,
  type PackFault,
  type PackFile,
} from '../../kernel/index.ts'
import { regionCode, regionPrefix } from '../../atlas/index.ts'
import { grantsOf } from '../grants.ts'
import { ownTables } from '../tables.ts'
import { unitOfPath } from '../unit-tree.ts'

export interface PersonRow {
  account: string
  name: string
  phone: string | null
  unit: string
  beat: string | null
  role: string | null
  scope_region: string | null
  scope_unit: string | null
  scope_category: string | null
  password: string | null
}

/** Shipped roles that nobody holds together: 三权分立 and 管评分离. Roles of a city's own are judged when they are granted. */
const APART = [
  ['system-admin', 'security-admin'],
  ['system-admin', 'audit-admin'],
  ['security-admin', 'audit-admin'],
  ['handler', 'collector'],
  ['handler', 'shift-lead'],
] as const

/** The same account has the same id in every city that loads the pack, so that an exported city equals the first. */
function accountIdOf(account: string): string {
  const hex = createHash('sha256').update(`chengyun account ${account.toLowerCase()}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** What belongs to the person and not to one post: the same in all rows of an account. */
const OWN = ['name', 'phone', 'unit', 'beat'] as const

function check(rows: readonly PersonRow[]): PackFault[] {
  const faults: PackFault[] = []
  const first = new Map<string, PersonRow>()
  const roles = new Map<string, Set<string>>()
  rows.forEach((row, index) => {
    const say = (column: string, zh: string, en: string) => faults.push({ row: index + 1, column, reason: { zh, en } })
    const account = row.account.toLowerCase()
    const before = first.get(account)
    if (!before) first.set(account, row)
    const differs = before && OWN.find((column) => before[column] !== row[column])
    if (differs) say(differs, `与账号 ${row.account} 的前一行不同`, `differs from the row of ${row.account} above`)
    if (before && before.account !== row.account) say('account', '大小写与前一行不同', 'is written differently above')
    const weak = row.password === null ? undefined : passwordFault(row.password, row.account)
    if (weak) say('password', weak.zh, weak.en)
    if (!row.role) return
    const held = roles.get(account) ?? new Set()
    held.add(row.role)
    roles.set(account, held)
    const clash = APART.find(([one, other]) => (row.role === one && held.has(other)) || (row.role === other && held.has(one)))
    if (clash) say('role', `${clash[0]} 与 ${clash[1]} 不能是同一人`, `${clash[0]} and ${clash[1]} are never the same person`)
  })
  return faults
}

async function load(ctx: Context, rows: readonly PersonRow[]): Promise<void> {
  const paths = new Map((await ownTables(ctx).selectFrom('unit').select(['code', 'path']).execute()).map(({ code, path }) => [code, path]))
  const people = Map.groupBy(rows, (row) => row.account)
  const records = []
  for (const [account, posts] of people) {
    const person = posts[0]!
    const password = posts.find((row) => row.password !== null)?.password ?? null
    const id = await keepAccount(ctx, account, person.name, password)
    const grants = posts
      .filter((row) => row.role !== null)
      .map((row) => ({
        role: row.role!,
        region: regionPrefix(row.scope_region ?? ''),
        unit: row.scope_unit === null ? '' : paths.get(row.scope_unit)!,
        category: row.scope_category ?? '',
      }))
    await keepGrants(ctx, id, grants)
    records.push({ id, account, name: person.name, phone: person.phone, unitCode: person.unit, beatCode: person.beat })
  }
  await putRows(ctx, 'person', ['id'], records)
}

/** A password stands only for a new account: a load never overwrites what its owner has chosen. */
async function keepAccount(ctx: Context, account: string, name: string, password: string | null): Promise<string> {
  const known = await findAccountId(ctx, account)
  if (known === undefined) return (await createAccount(ctx, { account, name, password, id: accountIdOf(account) })).id
  const person = await ownTables(ctx).selectFrom('person').select('name').where('id', '=', known).executeTakeFirst()
  if (person && person.name !== name) await changeAccount(ctx, known, { name })
  return known
}

type Granted = { role: string; region: string; unit: string; category: string }

const asText = (grants: readonly Granted[]) =>
  grants
    .map(({ role, region, unit, category }) => JSON.stringify([role, region, unit, category]))
    .sort()
    .join()

async function keepGrants(ctx: Context, id: string, grants: readonly Granted[]): Promise<void> {
  const held = (await loadActor(ctx, id))?.grants ?? []
  if (asText(held) !== asText(grants)) await putGrants(ctx, id, grants)
}

async function* exportPeople(ctx: Context): AsyncGenerator<PersonRow> {
  const people = await ownTables(ctx).selectFrom('person').selectAll().orderBy('account').execute()
  const posts = await grantsOf(ctx, people.map((person) => person.id))
  for (const { id, account, name, phone, unitCode, beatCode } of people) {
    const person = { account, name, phone, unit: unitCode, beat: beatCode }
    const held = posts.get(id) ?? []
    if (held.length === 0) yield { ...person, role: null, scope_region: null, scope_unit: null, scope_category: null, password: null }
    for (const { role, region, unit, category } of held) {
      yield {
        ...person,
        role,
        scope_region: regionCode(region) || null,
        scope_unit: unitOfPath(unit) || null,
        scope_category: category || null,
        password: null,
      }
    }
  }
}

export const peopleFile: PackFile<PersonRow> = {
  file: 'people.csv',
  format: 'csv',
  means: { zh: '人员与岗位：每个岗位一行', en: 'People and their posts: a row for each post' },
  columns: {
    account: {
      type: 'code',
      required: true,
      maxLength: 64,
      pattern: /^[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9_.@\u4e00-\u9fff-]+$/,
      means: { zh: '登录账号', en: 'The name to sign in with' },
    },
    name: { type: 'text', required: true, maxLength: 60, means: { zh: '姓名', en: 'Name' } },
    phone: { type: 'text', maxLength: 30, means: { zh: '电话', en: 'Telephone' } },
    unit: { type: 'code', required: true, refers: 'units.csv:code', means: { zh: '所属单位', en: 'The unit one works in' } },
    beat: { type: 'code', refers: 'beats.csv:code', means: { zh: '采集员的责任网格', en: 'Of a collector, the beat' } },
    role: {
      type: 'code',
      maxLength: 60,
      pattern: /^[a-z][a-z0-9-]*$/,
      means: { zh: '岗位的角色；空为没有岗位', en: 'Role of the post; none for no post' },
    },
    scope_region: {
      type: 'code',
      refers: 'divisions.csv:code',
      means: { zh: '权限范围：区划；空为不限', en: 'Reach of the post: division; none for all' },
    },
    scope_unit: { type: 'code', refers: 'units.csv:code', means: { zh: '权限范围：单位；空为不限', en: 'Reach of the post: unit; none for all' } },
    scope_category: {
      type: 'code',
      maxLength: 60,
      means: { zh: '权限范围：类别前缀；空为不限', en: 'Reach of the post: beginning of categories; none for all' },
    },
    password: {
      type: 'text',
      maxLength: 200,
      means: {
        zh: '新账号的密码；空则由管理员重置后才能登录，导出时总为空',
        en: 'Of a new account; without it nobody signs in until an administrator resets it. Never exported',
      },
    },
  },
  key: ['account', 'role', 'scope_region', 'scope_unit', 'scope_category'],
  check,
  load,
  export: exportPeople,
}
