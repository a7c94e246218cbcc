import assert from 'node:assert/strict'
import { test } from 'node:test'
import { XMLParser } from 'fast-xml-parser'
import { sql } from 'kysely'
import { systemActor, type Kernel } from '../../kernel/index.ts'
import { withApp, type App } from '../../testing.ts'
import type { RuleBody } from '../contract.ts'
import { putRule } from '../alarms/rules.ts'
import { intake } from '../intake.ts'
import { register } from '../testing.ts'
import { circleOf, polygonsOf } from './area.ts'
import { nextMessage } from './level.ts'
import { capTime, identifierOf, keyOfIdentifier, writeAlert } from './message.ts'
import type { WarningTable } from './tables.ts'
import { renewWarnings } from './issue.ts'
import { fillIn, unknownBlanks } from './words.ts'

const asHouse = { actor: systemActor }

const TURNS: readonly [says: string, last: Parameters<typeof nextMessage>[0], level: number, again: boolean, kind: string | undefined][] = [
  ['what is quiet is not told', undefined, 0, false, undefined],
  ['what rings is an alert', undefined, 3, false, 'Alert'],
  ['the same level says nothing', { kind: 'Alert', level: 3 }, 3, false, undefined],
  ['another level is an update', { kind: 'Alert', level: 3 }, 4, false, 'Update'],
  ['lower too', { kind: 'Update', level: 4 }, 3, false, 'Update'],
  ['what is about to expire is said again', { kind: 'Alert', level: 3 }, 3, true, 'Update'],
  ['what is over is cancelled once', { kind: 'Update', level: 4 }, 0, true, 'Cancel'],
  ['a cancel is not cancelled', { kind: 'Cancel', level: 4 }, 0, true, undefined],
  ['what comes back is a new alert', { kind: 'Cancel', level: 4 }, 2, false, 'Alert'],
]
for (const [says, last, level, again, kind] of TURNS) test(says, () => assert.equal(nextMessage(last, level, again), kind))

// ── The rules of CAP 1.2 (OASIS, 1 July 2010) for each element: its place, how often, what it may hold.

type Holds = readonly string[] | RegExp
type Rule = readonly [name: string, least: 0 | 1, most: 1 | 99, holds: Holds]
const TEXT = /\S/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/
const WORD = /^[^\s,<&]+$/
const PAIR = String.raw`-?\d+(\.\d+)?,-?\d+(\.\d+)?`
const NEVER = /$^/

const ALERT: readonly Rule[] = [
  ['identifier', 1, 1, WORD], ['sender', 1, 1, WORD], ['sent', 1, 1, TIME], ['status', 1, 1, ['Actual', 'Exercise', 'System', 'Test', 'Draft']],
  ['msgType', 1, 1, ['Alert', 'Update', 'Cancel', 'Ack', 'Error']], ['source', 0, 1, TEXT], ['scope', 1, 1, ['Public', 'Restricted', 'Private']], ['restriction', 0, 1, NEVER],
  ['addresses', 0, 1, NEVER], ['code', 0, 99, TEXT], ['note', 0, 1, TEXT],
  ['references', 0, 1, /^[^\s,]+,[^\s,]+,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d( [^\s,]+,[^\s,]+,\S+)*$/], ['incidents', 0, 1, TEXT], ['info', 0, 99, TEXT],
]
const INFO: readonly Rule[] = [
  ['language', 0, 1, /^[a-z]{2}-[A-Z]{2}$/], ['category', 1, 99, ['Geo', 'Met', 'Safety', 'Security', 'Rescue', 'Fire', 'Health', 'Env', 'Transport', 'Infra', 'CBRNE', 'Other']],
  ['event', 1, 1, TEXT], ['responseType', 0, 99, ['Shelter', 'Evacuate', 'Prepare', 'Execute', 'Avoid', 'Monitor', 'Assess', 'AllClear', 'None']],
  ['urgency', 1, 1, ['Immediate', 'Expected', 'Future', 'Past', 'Unknown']], ['severity', 1, 1, ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown']],
  ['certainty', 1, 1, ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown']], ['audience', 0, 1, TEXT], ['eventCode', 0, 99, TEXT], ['effective', 0, 1, TIME],
  ['onset', 0, 1, TIME], ['expires', 0, 1, TIME], ['senderName', 0, 1, TEXT], ['headline', 0, 1, TEXT], ['description', 0, 1, TEXT], ['instruction', 0, 1, TEXT],
  ['web', 0, 1, /^https?:\/\/\S+$/], ['contact', 0, 1, TEXT], ['parameter', 0, 99, TEXT], ['resource', 0, 99, TEXT], ['area', 0, 99, TEXT],
]
const AREA: readonly Rule[] = [
  ['areaDesc', 1, 1, TEXT], ['polygon', 0, 99, new RegExp(`^${PAIR}( ${PAIR}){3,}$`)], ['circle', 0, 99, new RegExp(String.raw`^${PAIR} \d+(\.\d+)?$`)], ['geocode', 0, 99, TEXT],
  ['altitude', 0, 1, TEXT], ['ceiling', 0, 1, TEXT],
]
const PAIRS: readonly Rule[] = [['valueName', 1, 1, TEXT], ['value', 1, 1, TEXT]]
const INSIDE: Readonly<Record<string, readonly Rule[]>> = { alert: ALERT, info: INFO, area: AREA, geocode: PAIRS, parameter: PAIRS }

type Node = { readonly [name: string]: unknown }
const reader = new XMLParser({ preserveOrder: true, ignoreAttributes: false, parseTagValue: false, attributeNamePrefix: '' })

interface Read {
  readonly name: string
  readonly text: string
  readonly inner: Read[]
}

const readNode = (node: Node): Read => {
  const [name] = Object.keys(node).filter((key) => key !== ':@')
  const children = node[name!] as Node[]
  return { name: name!, text: children.map((child) => String(child['#text'] ?? '')).join(''), inner: children.filter((child) => !('#text' in child)).map(readNode) }
}

const parseXml = (text: string) => {
  const [root] = (reader.parse(text) as Node[]).filter((node) => !('?xml' in node))
  return { root: readNode(root!), attributes: root![':@'] as Record<string, string> }
}

function capFaults({ name, text, inner }: Read): string[] {
  const rules = INSIDE[name]
  if (!rules) return []
  const places = inner.map((each) => rules.findIndex(([of]) => of === each.name))
  return [
    ...inner.filter((_, i) => places[i]! < 0).map((each) => `${name} knows no ${each.name}`),
    ...places.flatMap((place, i) => (i > 0 && place < places[i - 1]! ? [`${inner[i]!.name} stands too late in ${name}`] : [])),
    ...rules.flatMap(([of, least, most]) => {
      const n = inner.filter((each) => each.name === of).length
      return n < least || n > most ? [`${n} ${of} in ${name}`] : []
    }),
    ...inner.flatMap((each) => {
      const [, , , holds] = rules.find(([of]) => of === each.name) ?? ['', 0, 1, TEXT]
      const fits = INSIDE[each.name] || (holds instanceof RegExp ? holds.test(each.text) : holds.includes(each.text))
      return fits ? [] : [`${each.name} is ${each.text}`]
    }),
    ...(text.trim() === '' ? [] : [`text in ${name}`]),
    ...inner.flatMap(capFaults),
  ]
}

const assertCap = (xml: string): Read => {
  const { root, attributes } = parseXml(xml)
  assert.equal(attributes['xmlns'], 'urn:oasis:names:tc:emergency:cap:1.2')
  assert.deepEqual(capFaults(root), [])
  for (const { inner } of root.inner.filter(({ name }) => name === 'area')) for (const { text } of inner.filter(({ name }) => name === 'polygon')) assert.equal(text.split(' ')[0], text.split(' ').at(-1))
  return root
}
const textOf = (node: Read, path: string): string => path.split('/').reduce<Read | undefined>((at, name) => at?.inner.find((each) => each.name === name), node)?.text ?? ''

const both = (zh: string, en = zh) => ({ zh, en })
const row = (over: Partial<WarningTable> = {}): WarningTable => ({
  id: '01990000-0000-7000-8000-000000000001', district: '110108', alarm: '01990000-0000-7000-8000-000000000002', ordinal: 1, kind: 'Alert', level: 4,
  sentAt: new Date('2026-06-10T02:00:00.123Z'), beganAt: new Date('2026-06-10T01:50:00Z'), expiresAt: new Date('2026-06-11T02:00:00Z'), sender: 'cap@city.example', status: 'Actual', refers: [],
  body: {
    category: 'Met', event: both('积水', 'Flooding'), headline: both('海淀区<红色>预警 & 绕行', 'Red'), description: both('水深 \u0007"45" cm', 'Deep'), instruction: both('', ''),
    senderName: both('平台', 'Platform'), areaName: both('海淀区', 'Haidian'), area: circleOf([116.31234567, 39.98], 500),
  },
  ...over,
})
const AT = { web: 'https://city.example/cap/v1/alerts/x.xml', offsetMs: 8 * 3_600_000 }

test('a message holds every element where CAP 1.2 wants it', () => {
  const xml = writeAlert(row(), AT)
  const root = assertCap(xml)
  assert.deepEqual([textOf(root, 'sent'), textOf(root, 'info/area/circle')], ['2026-06-10T10:00:00+08:00', '39.98,116.31235 0.5'])
  assert.match(xml, /海淀区&lt;红色&gt;预警 &amp; 绕行/)
  assert.deepEqual(root.inner.filter(({ name }) => name === 'info').map((info) => textOf(info, 'language')), ['zh-CN', 'en-US'])
  const over = assertCap(writeAlert(row({ kind: 'Cancel', refers: ['cap@city.example,CN-110108-1,2026-06-10T10:00:00+08:00'] }), AT))
  assert.deepEqual([textOf(over, 'info/urgency'), textOf(over, 'info/responseType')], ['Past', 'AllClear'])
})

test('a long border is sent coarse and closed', () => {
  const ring = Array.from({ length: 5001 }, (_, i) => [116 + 0.1 * Math.cos((i / 2500) * Math.PI), 40 + 0.1 * Math.sin((i / 2500) * Math.PI)] as [number, number])
  ring[5000] = ring[0]!
  const { polygons } = polygonsOf({ type: 'MultiPolygon', coordinates: [[ring], [[[116, 40], [116.1, 40], [116, 40.1], [116, 40]]]] })
  const points = polygons[0]!.split(' ')
  assert.ok(points.length > 20 && points.length <= 200, String(points.length))
  assert.equal(points[0], points.at(-1))
  assert.equal(polygons[1], '40,116 40,116.1 40.1,116 40,116')
})

test('identifiers lead back, times have their offset, and words are filled in', () => {
  assert.deepEqual(keyOfIdentifier(identifierOf(row())), { district: '110108', id: row().id })
  assert.equal(keyOfIdentifier('CN-110108-../../etc'), undefined)
  assert.equal(keyOfIdentifier(`CN-110108-${'-'.repeat(36)}`), undefined)
  assert.equal(capTime(new Date('2026-01-01T00:00:00Z'), -5.5 * 3_600_000), '2025-12-31T18:30:00-05:30')
  assert.equal(fillIn('{district}{level}：{name} {value}', { level: '红色', district: '海淀区', name: '', value: '$&' }), '海淀区红色： $&')
  assert.deepEqual(unknownBlanks('{level} {phone} {}'), ['phone', ''])
})

// ── In the city

const RULE: RuleBody = {
  zh: '内部名称', en: 'Inner name', product: 'gauge', devices: [], measure: { kind: 'threshold', metric: 'level' }, side: 'above', levels: [1, null, 3, 5], bands: [], hysteresis: 0,
  raiseSeconds: 0, clearSeconds: 0, case: null, active: true,
  public: {
    level: 3, category: 'Met', area: { kind: 'circle', metres: 300 }, event: both('道路积水', 'Road flooding'), headline: both('{district}道路积水{level}预警', '{level} warning: roads of {district} are flooded'),
    description: both('水深 {value}', 'Water {value} deep'), instruction: both('请绕行', 'Take another way'),
  },
}

const say = async (kernel: Kernel, value: number, at: number) => {
  const into = await kernel.read(asHouse, intake)
  await into.take({ way: 'http', pieces: [{ device: 'WL-SECRET', metric: 'level', value, at }], allows: () => true })
  await kernel.settle()
}
const setRule = async ({ fetchAs, kernel }: App, over: Partial<RuleBody> = {}) => {
  const reply = await fetchAs('sysadmin', '/api/alarm-rules/DEEP', { method: 'PUT', json: { ...RULE, ...over } })
  await kernel.settle()
  return reply
}
const ATOM = 'http://www.w3.org/2005/Atom'
const feed = async ({ fetchAs }: App, query = '') => {
  const reply = await fetchAs(null, `/cap/v1/feed.atom${query}`)
  assert.equal(reply.headers.get('content-type'), 'application/atom+xml; charset=utf-8')
  const { root, attributes } = parseXml(await reply.text())
  assert.equal(attributes['xmlns'], ATOM)
  return root
}
const kinds = (root: Read) => root.inner.filter(({ name }) => name === 'entry').map((entry) => `${textOf(entry, 'cap:msgType')} ${textOf(entry, 'cap:severity')}`)
const standing = async ({ fetchAs }: App) => ((await (await fetchAs(null, '/api/public/warnings')).json()) as { items: { level: number; headline: { zh: string }; url: string }[] }).items

test('what rings by a public rule is told, told anew, and taken back; nothing else of it leaves the house', withApp(async (app) => {
  const { kernel } = app
  await register(kernel, ['WL-SECRET'])
  assert.equal((await setRule(app, { public: { ...RULE.public!, headline: both('{phone}') } })).status, 422)
  await setRule(app)
  const base = +kernel.clock() - 600_000
  await say(kernel, 2, base)
  assert.deepEqual(kinds(await feed(app)), [], 'yellow is no matter of the public')
  await say(kernel, 3.5, base + 1000)
  await say(kernel, 6, base + 2000)
  const [now, ...others] = await standing(app)
  assert.deepEqual([now!.level, others.length], [4, 0])
  assert.match(now!.headline.zh, /^\S+区道路积水红色预警$/)
  await say(kernel, 0, base + 3000)
  assert.deepEqual(await standing(app), [])

  const root = await feed(app, '?limit=2')
  assert.deepEqual(kinds(root), ['Cancel Extreme', 'Update Extreme'])
  assert.ok(root.inner.some(({ name }) => name === 'link'))
  const all = await kernel.read(asHouse, async ({ db }) => (await sql<WarningTable>`select * from public_warning order by ordinal`.execute(db)).rows)
  const alerts: Read[] = []
  for (const each of all) {
    const reply = await app.fetchAs(null, `/cap/v1/alerts/${identifierOf(each)}.xml`)
    const xml = await reply.text()
    assert.doesNotMatch(xml, /WL-SECRET|内部名称|Inner name|DEEP/)
    alerts.push(assertCap(xml))
  }
  assert.deepEqual(alerts.map((each) => textOf(each, 'msgType')), ['Alert', 'Update', 'Cancel'])
  assert.deepEqual(alerts.map((each) => textOf(each, 'references').split(' ').filter(Boolean).length), [0, 1, 2])
  assert.ok(textOf(alerts[2]!, 'references').startsWith(`${textOf(alerts[0]!, 'sender')},${textOf(alerts[0]!, 'identifier')},${textOf(alerts[0]!, 'sent')} `))
  assert.equal((await app.fetchAs(null, '/cap/v1/alerts/CN-110101-01990000-0000-7000-8000-000000000001.xml')).status, 404)
}))

test('a shelf, a rule that is public no more, and time take a warning back or say it again', withApp(async (app) => {
  const { kernel } = app
  await register(kernel, ['WL-SECRET'])
  await setRule(app, { public: { ...RULE.public!, area: { kind: 'district' } } })
  await say(kernel, 6, +kernel.clock() - 1000)
  const [alarm] = ((await (await app.fetchAs('lead', '/api/alarms')).json()) as { items: { id: string; district: string }[] }).items
  const act = async (verb: string, json: object) => {
    await app.fetchAs('lead', `/api/alarms/${alarm!.district}/${alarm!.id}/${verb}`, { json })
    await kernel.settle()
  }
  await act('shelve', { reason: '探头检修', until: new Date(+kernel.clock() + 3_600_000).toISOString() })
  await act('unshelve', {})
  await setRule(app, { public: null })
  await setRule(app, { public: RULE.public! })
  assert.deepEqual(kinds(await feed(app)), ['Alert Extreme', 'Cancel Extreme', 'Alert Extreme', 'Cancel Extreme', 'Alert Extreme'])
  assert.equal((await standing(app)).length, 1)
  await kernel.transact({ ...asHouse, now: new Date(+kernel.clock() + 23 * 3_600_000) }, renewWarnings)
  assert.equal(kinds(await feed(app))[0], 'Update Extreme')

  const first = (await kernel.read(asHouse, async ({ db }) => (await sql<WarningTable>`select * from public_warning where ordinal = 1`.execute(db)).rows))[0]!
  const xml = await (await app.fetchAs(null, `/cap/v1/alerts/${identifierOf(first)}.xml`)).text()
  assert.ok(assertCap(xml).inner.find(({ name }) => name === 'info')!.inner.find(({ name }) => name === 'area')!.inner.some(({ name }) => name === 'polygon'))
}))

test('a rule that is public of late tells of all that rings by it, however much that is', withApp(async ({ kernel }) => {
  const codes = Array.from({ length: 1_020 }, (_, i) => `WL-${i}`)
  await register(kernel, codes)
  await kernel.transact(asHouse, (ctx) => putRule(ctx, 'DEEP', { ...RULE, public: null }))
  await kernel.settle()
  const into = await kernel.read(asHouse, intake)
  await into.take({ way: 'http', pieces: codes.map((device) => ({ device, metric: 'level', value: 6 })), allows: () => true })
  await kernel.settle()

  await kernel.transact(asHouse, (ctx) => putRule(ctx, 'DEEP', RULE))
  const told = async () => (await sql<{ n: number }>`select count(distinct alarm)::int as n from public_warning`.execute(kernel.db)).rows[0]!.n
  for (let tries = 0; (await told()) < codes.length; tries++) {
    assert.ok(tries < 300, `${await told()} of ${codes.length} were told of`)
    await new Promise((over) => setTimeout(over, 200))
  }
}))
