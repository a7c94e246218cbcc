import { loadActor, type Context, type Grant } from '../kernel/index.ts'

/** The posts of some people, by the id of the account. */
export async function grantsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, readonly Grant[]>> {
  const all = new Map<string, readonly Grant[]>()
  for (const id of ids) all.set(id, (await loadActor(ctx, id))?.grants ?? [])
  return all
}
