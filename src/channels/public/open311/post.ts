import { createHash } from 'node:crypto'
import { findPlaces, getCityFacts, locate } from '../../../atlas/index.ts'
import { reportThroughGate, type Reported } from '../../../cases/index.ts'
import { findMachine, publicActor } from '../../../kernel/access/index.ts'
import { holds, type Actor, type Context, type Position, type StoredFile } from '../../../kernel/index.ts'
import { findConditions, type Category } from '../../../registry/index.ts'
import { fieldWrong, keyWrong, outsideCity, serviceMissing } from '../problems.ts'
import { chooseCategory, demandPhotos } from '../report.ts'
import { attributesOf, positionOf, textOf, type Given } from './read.ts'
import { CONDITION, DETAIL, serviceOf } from './services.ts'

/** The key of the fictional demo city, for trying out: whoever reads the documentation has it. No real city takes it. */
export const DEMO_KEY = 'demo'
const DEMO_CITY = '999900'

const MOST_PHOTOS = 5
/** A post that comes again within this time, the same to the letter, is the same request: clients repeat what a poor line broke off. */
const AGAIN_WITHIN_MS = 10 * 60_000

const refuse = (field: string, zh: string, en: string) => fieldWrong({ field, why: { zh, en } })

/** Who posts: a machine with its key, or in the demo city the public with the public key. */
async function whoPosts(ctx: Context, key: string | undefined): Promise<Actor> {
  if (ctx.actor.kind === 'machine' && holds(ctx, 'case.report')) return ctx.actor
  if (key === undefined) throw keyWrong()
  if (key === DEMO_KEY && (await getCityFacts(ctx)).code === DEMO_CITY) return publicActor
  const machine = await findMachine(ctx, key)
  if (!machine || !holds({ actor: machine }, 'case.report')) throw keyWrong()
  return machine
}

/** A GeoReport request becomes a case. Everything that can be wrong is found before anything is written. */
export async function takeRequest(
  ctx: Context,
  given: Given,
  files: readonly StoredFile[],
  onceKey: string | undefined,
): Promise<Reported> {
  const actor = await whoPosts(ctx, textOf(given, 'api_key', 200))
  const code = textOf(given, 'service_code', 80)
  if (code === undefined) throw serviceMissing()
  const category = await serviceOf(ctx, code)
  const position = await placeOf(ctx, given)
  const description = textOf(given, 'description', 4000)
  demandPhotos(files, MOST_PHOTOS)
  const attributes = await answersOf(ctx, given, category)
  const reporter = reporterOf(given)
  const mediaUrl = mediaUrlOf(given)
  const address = textOf(given, 'address_string', 200)

  const content = [
    code,
    position,
    description,
    address,
    reporter,
    mediaUrl,
    attributes,
    files.map(({ sha256 }) => sha256),
    textOf(given, 'device_id', 200),
  ]
  return reportThroughGate(
    { ...ctx, actor },
    {
      source: 'public',
      category: category?.id ?? (await chooseCategory(ctx, undefined, description)),
      description: [description, attributes[DETAIL]].filter(Boolean).join('\n').slice(0, 4000) || (category?.name.zh ?? '公众反映'),
      position,
      ...(address && { address }),
      files: files.map(({ sha256 }) => sha256),
      ...(reporter && { reporter }),
      ...(onceKey ? { key: `open311:${onceKey}` } : { likeness: { digest: digestOf(content), withinMs: AGAIN_WITHIN_MS } }),
      attributes: { channel: 'open311', ...attributes, ...(mediaUrl && { mediaUrl }), ...(!category && { guessed: true, group: 'other' }) },
    },
    { ...(actor.kind === 'machine' ? { system: { code: actor.id } } : { address: ctx.origin.address }), phone: reporter?.phone },
  )
}

const digestOf = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('base64url')

/** By position, or by an address that the city knows. */
async function placeOf(ctx: Context, given: Given): Promise<Position> {
  const asked = textOf(given, 'address_string', 200)
  const position = positionOf(given) ?? (asked === undefined ? undefined : (await findPlaces(ctx, asked, 1))[0]?.position)
  if (!position) {
    if (asked !== undefined) throw refuse('address_string', '没有找到这个地址，请给出 lat 和 long', 'was not found; give lat and long')
    throw refuse('lat, long', '或 address_string 必须给出', 'or address_string must be given')
  }
  if (!(await locate(ctx, position))) throw outsideCity()
  return position
}

async function answersOf(ctx: Context, given: Given, category: Category | undefined): Promise<Record<string, string>> {
  const answers = attributesOf(given)
  const found: Record<string, string> = {}
  const detail = answers.get(DETAIL)?.[0]
  if (detail) found[DETAIL] = detail.slice(0, 200)
  const condition = answers.get(CONDITION)
  if (!condition) return found
  const known = category ? await findConditions(ctx, category.id) : []
  if (condition.length !== 1 || !known.some(({ id }) => id === condition[0])) {
    throw refuse(`attribute[${CONDITION}]`, '不在服务定义的选项中', 'is not one of the values of the service definition')
  }
  return { ...found, [CONDITION]: condition[0]! }
}

function reporterOf(given: Given) {
  const name = [textOf(given, 'last_name', 60), textOf(given, 'first_name', 60)].filter(Boolean).join(' ')
  const [phone, email] = [textOf(given, 'phone', 30), textOf(given, 'email', 120)]
  if (email && !/^\S+@\S+\.\S+$/.test(email)) throw refuse('email', '不是邮箱地址', 'is no mail address')
  return name || phone || email ? { ...(name && { name }), ...(phone && { phone }), ...(email && { email }) } : undefined
}

/** Kept for the operator as it is: what lies at a foreign address is not fetched by us. */
function mediaUrlOf(given: Given): string | undefined {
  const url = textOf(given, 'media_url', 500)
  if (url === undefined) return undefined
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw refuse('media_url', '不是 http 或 https 地址', 'is no http or https address')
  return url
}
