// Telephone numbers: compared by a keyed digest, kept sealed, shown with their middle covered. The whole number is read only by
// whoever may see reporters, one at a time, and each time leaves a trace.

import { createHmac, randomBytes } from 'node:crypto'
import { maskPhone } from '../../cases/index.ts'
import { cache, outwardOf, type Context, type Outward } from '../../kernel/index.ts'
import { phoneBroken } from './problems.ts'
import { own } from './tables.ts'

export interface KnownPhone {
  readonly hash: string
  readonly sealed: string
  readonly masked: string
}

const vaultOf = async (ctx: Context): Promise<Outward['vault']> => (await ctx.caches.get(ctx, outwardOf)).vault

const WHAT = { key: 'hotline.phone-key', phone: 'hotline.phone' } as const

/** Made once for the database, beside the open transaction: what is kept in this process must not be undone there. */
const digestKey = cache<Buffer>({
  name: 'hotline.phone-key',
  until: [],
  async build(ctx) {
    const vault = await vaultOf(ctx)
    const over = own({ db: ctx.aside ?? ctx.db })
    const sealed = vault.seal(WHAT.key, randomBytes(32).toString('hex'))
    await over.insertInto('phoneKey').values({ sealed }).onConflict((clash) => clash.column('one').doNothing()).execute()
    const kept = await over.selectFrom('phoneKey').select('sealed').executeTakeFirstOrThrow()
    const key = vault.unseal(WHAT.key, kept.sealed)
    if (key === undefined) throw new Error('the key of telephone numbers does not open: CHENGYUN_SECRET, or the key in the data folder, is another one')
    return Buffer.from(key, 'hex')
  },
})

const digitsOf = (written: string): string => written.replace(/\D/g, '').replace(/^(00)?86(?=1[3-9]\d{9}$|0?[1-9]\d{8,10}$)/, '')

/** Whether people might be called under it. */
export const isPhone = (written: string): boolean => /^\d{3,16}$/.test(digitsOf(written))

/** The same number however it is written: digits alone, without +86 or 0086 before a Chinese one. */
export function plainPhone(written: string): string {
  if (!isPhone(written)) throw phoneBroken()
  return digitsOf(written)
}

export async function knowPhone(ctx: Context, written: string): Promise<KnownPhone> {
  const plain = plainPhone(written)
  const hash = createHmac('sha256', await ctx.caches.get(ctx, digestKey)).update(plain).digest('base64url')
  return { hash, sealed: (await vaultOf(ctx)).seal(WHAT.phone, plain), masked: maskPhone(plain) }
}

/** The number in full; undefined where it was sealed under a key that is gone. */
export const openPhone = async (ctx: Context, sealed: string): Promise<string | undefined> => (await vaultOf(ctx)).unseal(WHAT.phone, sealed)
