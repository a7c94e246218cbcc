import type { Kysely } from 'kysely'
import type { Words } from './contract.ts'
import { problem } from './problem.ts'

/** A subtree of regions x a subtree of units x a subtree of categories; each is a prefix of codes, '' for all. */
export interface Scope {
  readonly region: string
  readonly unit: string
  readonly category: string
}

/** What one post of a person, or one key of a machine, may do, and within which scope. */
export interface Grant extends Scope {
  readonly role: string
  readonly roleName: Words
  readonly permits: ReadonlySet<string>
}

export interface Actor {
  /** UUID of an account; 'public' for an anonymous caller; 'system' for a job or listener. */
  readonly id: string
  readonly kind: 'person' | 'machine' | 'public' | 'system'
  readonly name: string
  readonly grants: readonly Grant[]
}

/** Opens no table by itself: a room names its own by `withTables`, and the compiler refuses another room's. */
export type Database = Kysely<object>

/** The first argument of everything that acts. `db` is the open transaction; the time is `now` and no other. */
export interface Context {
  readonly db: Database
  readonly actor: Actor
  readonly now: Date
  /** Where the act came from, for the audit trail and for limits. */
  readonly origin: Origin
  readonly caches: Caches
  /** Announcements and audit entries of this transaction; written in one statement just before the commit. */
  readonly outbox: Outbox
  /**
   * The database outside of the open transaction, for short statements that are not to be undone with it, such as reserving
   * numbers, and for what many wait for at once. Absent in tests that are undone.
   */
  readonly aside?: Database
}

/** Who acts, at what time and from where. */
export interface ActAs {
  readonly actor: Actor
  readonly now?: Date
  readonly origin?: Origin
}

/** The house as what runs beside requests sees it: it opens transactions of its own. */
export interface House {
  readonly settings: Readonly<Record<string, string | number | undefined>>
  readonly caches: Caches
  clock(): Date
  say(line: string): void
  transact<T>(as: ActAs, act: (ctx: Context) => Promise<T>): Promise<T>
  read<T>(as: ActAs, look: (ctx: Context) => Promise<T>): Promise<T>
}

export interface Origin {
  readonly address: string
  readonly requestId: string
}

export type Doer = Pick<Actor, 'id' | 'kind' | 'name'>

export interface Outbox {
  events: { name: string; district: string; body: unknown }[]
  /** `by` only where it is not the caller: who has just signed in was still nobody when asking. */
  entries: { act: string; subject: string; district: string; detail: unknown; by?: Doer }[]
  /** The answer to remember under the caller's Idempotency-Key. */
  answer?: { key: string; account: string; endpoint: string; digest: string; status: number; body: unknown }
  /** Run after the commit, in order, at most once; for hints and never for what must happen. */
  afterCommit: (() => void)[]
}

/** Built once per process from the database, dropped when one of its events is heard. */
export interface Cache<T> {
  readonly name: string
  readonly build: (ctx: Context) => Promise<T>
  /** Names of the events after which it must be built again. */
  readonly until: readonly { name: string }[]
}

export interface Caches {
  get<T>(ctx: Context, cache: Cache<T>): Promise<T>
  drop(eventName: string): void
}

export const cache = <T>(shape: Cache<T>): Cache<T> => shape

/** Given by the kernel: for what is built once for a process and then commits by itself. */
export const hostOf = cache<House>({
  name: 'kernel.host',
  until: [],
  build: () => Promise.reject(new Error('this needs a running house')),
})

export const signInNeeded = problem(401, 'access.sign-in-needed', () => ({ zh: '请先登录', en: 'Sign in first' }))
export const permitMissing = problem(403, 'access.permit-missing', ({ permit }: { permit: string }) => ({
  zh: `没有“${permit}”许可`,
  en: `This needs the permit ${permit}`,
}))

/** The scopes within which the caller holds `permit`; empty if not at all. */
export function scopesOf(ctx: Pick<Context, 'actor'>, permit: string): Scope[] {
  if (ctx.actor.kind === 'system') return [{ region: '', unit: '', category: '' }]
  return ctx.actor.grants.filter((grant) => grant.permits.has(permit))
}

/** Whether `permit` is held over a thing that lies at `place`. What `place` leaves out is not compared. */
export function holds(ctx: Pick<Context, 'actor'>, permit: string, place: Partial<Scope> = {}): boolean {
  return scopesOf(ctx, permit).some(
    (scope) =>
      (place.region === undefined || place.region.startsWith(scope.region)) &&
      (place.unit === undefined || place.unit.startsWith(scope.unit)) &&
      (place.category === undefined || place.category.startsWith(scope.category)),
  )
}

/** Throws unless `permit` is held over a thing that lies at `place`. */
export function demand(ctx: Pick<Context, 'actor'>, permit: string, place: Partial<Scope> = {}): void {
  if (holds(ctx, permit, place)) return
  throw ctx.actor.kind === 'public' ? signInNeeded() : permitMissing({ permit })
}

/** Tells higher floors what happened; written in this transaction, heard after its commit. */
export function announce<B>(ctx: Context, event: { readonly name: string; readonly types?: B }, district: string, body: B): void {
  ctx.outbox.events.push({ name: event.name, district, body })
}

/** Leaves a trace of an act in the audit trail, in this transaction. */
export function record(ctx: Context, act: string, subject: string, district: string, detail: unknown = {}, by?: Doer): void {
  ctx.outbox.entries.push({ act, subject, district, detail, ...(by && { by }) })
}
