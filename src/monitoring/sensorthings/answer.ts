import { getCityFacts } from '../../atlas/index.ts'
import type { Context, Input, RawReply } from '../../kernel/index.ts'
import { readAddress } from './address.ts'
import { selfOf } from './entities.ts'
import { KINDS } from './model.ts'
import { BASE } from './contract.ts'
import { readOptions } from './options.ts'
import { notThere, questionWrong } from './problems.ts'
import { resolve, type Target } from './resolve.ts'
import { asArrays, nextOf, pagesOf, showAll } from './show.ts'
import { worldOf, type World } from './world.ts'

// oxlint-disable-next-line typescript/no-explicit-any
type AnyInput = Input<any, any, any>

const baseOf = ({ raw: { request } }: AnyInput): string => `${request.protocol}://${request.host}${BASE}`
const json = (value: unknown): RawReply => ({ type: 'application/json; charset=utf-8', body: JSON.stringify(value) })

const REQUIREMENTS = 'http://www.opengis.net/spec/iot_sensing/1.1/req'
const CONFORMANCE = ['datamodel', 'resource-path/resource-path-to-entities', 'request-data', 'data-array/data-array'].map((each) => `${REQUIREMENTS}/${each}`)

/** The service root (18-088, 9.2.1). */
export async function answerRoot(ctx: Context, input: AnyInput): Promise<RawReply> {
  const base = baseOf(input)
  const { name } = await getCityFacts(ctx)
  return json({ name: name[input.language], value: KINDS.map((kind) => ({ name: kind, url: `${base}/${kind}` })), serverSettings: { conformance: CONFORMANCE } })
}

export async function answerThings(ctx: Context, input: AnyInput): Promise<RawReply> {
  const text = (input.params as { '*': string })['*']
  if (text === '') return answerRoot(ctx, input)
  const address = readAddress(text)
  const world = await worldOf(ctx, input.language, baseOf(input))
  const target = await resolve(ctx, world, address)
  if (target.is === 'property') return answerProperty(target, address.tail)
  if (address.tail === '$value') throw notThere({ what: text.slice(0, 200) })
  if (address.tail === '$ref' && target.is === 'one') return json({ '@iot.selfLink': selfOf(world, target.item) })
  return json(await answerEntities(ctx, world, target, input, address.tail === '$ref'))
}

async function answerEntities(ctx: Context, world: World, target: Exclude<Target, { is: 'property' }>, { query, raw }: AnyInput, asRefs: boolean) {
  const kind = target.is === 'one' ? target.item.kind : target.kind
  const options = readOptions(query as Record<string, unknown>, kind, world.now)
  if (target.is === 'one') {
    const only = Object.keys(options.written).find((name) => name !== '$select' && name !== '$expand')
    if (only !== undefined) throw questionWrong({ at: only, why: { zh: '只用于集合', en: 'is for collections' } })
    return (await showAll(ctx, world, kind, [target.item], options))[0]
  }
  const here = `${world.base}${new URL(raw.request.url, world.base).pathname.slice(BASE.length)}`
  const groups = [target.is === 'many' ? target.items : target.streams]
  const page = (await pagesOf(ctx, world, { kind, groups, named: target.is === 'readings' && target.named }, options))[0]!
  const next = nextOf(here, kind, options, page)
  return {
    ...(page.count !== undefined && { '@iot.count': page.count }),
    ...(next !== undefined && { '@iot.nextLink': next }),
    value: asRefs
      ? page.items.map((item) => ({ '@iot.selfLink': selfOf(world, item) }))
      : options.asArray
        ? asArrays(world, page.items, options)
        : await showAll(ctx, world, kind, page.items, options),
  }
}

function answerProperty({ name, value }: Extract<Target, { is: 'property' }>, tail: string | undefined): RawReply {
  if (tail === '$ref') throw notThere({ what: `${name}/$ref` })
  // A property without a value is there, and has no content (18-088, 9.2.4).
  if (value === null) return { status: 204, type: 'application/json; charset=utf-8', body: '' }
  if (tail === '$value') return { type: 'text/plain; charset=utf-8', body: typeof value === 'object' ? JSON.stringify(value) : String(value) }
  return json({ [name]: value })
}
