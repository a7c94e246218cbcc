import type { Cache, Caches, Context } from './context.ts'

/**
 * Things built once for each process and dropped when one of their events is heard.
 * `given` are values that the process itself has, by the name of their cache.
 */
export function createCaches(given: Readonly<Record<string, unknown>> = {}): Caches {
  const built = new Map<string, Promise<unknown>>()
  const untils = new Map<string, Set<string>>()
  for (const [name, value] of Object.entries(given)) built.set(name, Promise.resolve(value))

  return {
    get<T>(ctx: Context, cache: Cache<T>): Promise<T> {
      // A transaction that has changed it sees its own change, which nobody else may see before the commit.
      if (ctx.outbox.events.some((event) => cache.until.some(({ name }) => name === event.name))) return ownView(ctx, cache)

      const known = built.get(cache.name)
      if (known) return known as Promise<T>
      for (const { name } of cache.until) untils.set(name, (untils.get(name) ?? new Set()).add(cache.name))
      // What all will see is read from what is committed; and over a connection that those who wait for it do not hold.
      const building = cache.build({ ...ctx, db: ctx.aside ?? ctx.db })
      built.set(cache.name, building)
      building.catch(() => {
        if (built.get(cache.name) === building) built.delete(cache.name)
      })
      return building
    },
    drop(eventName) {
      for (const name of untils.get(eventName) ?? []) built.delete(name)
    },
  }
}

const ownViews = new WeakMap<object, Map<string, { events: number; value: Promise<unknown> }>>()

function ownView<T>(ctx: Context, cache: Cache<T>): Promise<T> {
  const views = ownViews.get(ctx.outbox) ?? new Map<string, { events: number; value: Promise<unknown> }>()
  ownViews.set(ctx.outbox, views)
  const events = ctx.outbox.events.filter((event) => cache.until.some(({ name }) => name === event.name)).length
  const known = views.get(cache.name)
  if (known?.events === events) return known.value as Promise<T>
  const value = cache.build(ctx)
  views.set(cache.name, { events, value })
  return value
}
