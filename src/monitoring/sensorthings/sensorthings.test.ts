import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '../../kernel/index.ts'
import { withApp, type App } from '../../testing.ts'
import { intake } from '../intake.ts'
import { metric, register } from '../testing.ts'

// oxlint-disable-next-line typescript/no-explicit-any
type Json = any

const METRICS = [metric(), metric({ code: 'battery', zh: '电量', en: 'Battery', unit: '%', max: 100, period: 3_600 })]

/** Two gauges: WL-1 with ten readings of a minute each, the last one a minute ago, and one of its battery; WL-2 with one, two days old. */
async function gauges({ kernel }: App): Promise<{ now: number; ago: (minutes: number) => string }> {
  await register(kernel, ['WL-1', 'WL-2'], METRICS)
  await kernel.settle()
  const now = Math.floor(+kernel.clock() / 60_000) * 60_000
  const into = await kernel.read({ actor: systemActor }, intake)
  const pieces = [
    ...Array.from({ length: 10 }, (_, i) => ({ device: 'WL-1', metric: 'level', at: now - (10 - i) * 60_000, value: i })),
    { device: 'WL-1', metric: 'battery', at: now - 5 * 60_000, value: 88 },
    { device: 'WL-2', metric: 'level', at: now - 2_880 * 60_000, value: 7 },
  ]
  assert.equal((await into.take({ way: 'http', allows: () => true, pieces })).taken, pieces.length)
  return { now, ago: (minutes) => new Date(now - minutes * 60_000).toISOString() }
}

const BASE = '/sensorthings/v1.1'

const asker = (app: App) => async (path: string, account = 'lead') => {
  const reply = await app.fetchAs(account, path.startsWith('http') ? path.slice(app.base.length) : `${BASE}${path}`)
  const text = await reply.text()
  return { status: reply.status, text, json: (text.startsWith('{') ? JSON.parse(text) : undefined) as Json }
}

const query = (path: string, options: Record<string, string>) =>
  Object.keys(options).length === 0 ? path : `${path}?${Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`

const results = ({ value }: Json) => value.map(({ result }: Json) => result)
const ids = ({ value }: Json) => value.map((one: Json) => one['@iot.id'])

test('a city is read as the standard says: root, entities, links, properties', withApp(async (app) => {
  const { ago } = await gauges(app)
  const ask = asker(app)
  const get = async (path: string) => (await ask(path)).json

  const root = await get('')
  assert.deepEqual(root.value.map(({ name }: Json) => name), ['Things', 'Locations', 'HistoricalLocations', 'Datastreams', 'Sensors', 'ObservedProperties', 'Observations', 'FeaturesOfInterest'])
  assert.ok(root.serverSettings.conformance.length > 0)
  for (const { url } of root.value) assert.equal((await ask(url)).status, 200, url)

  const thing = await get("/Things('WL-1')")
  assert.equal(thing['@iot.selfLink'], `${app.base}${BASE}/Things('WL-1')`)
  assert.deepEqual([thing['@iot.id'], thing.name, thing.properties.product], ['WL-1', 'WL-1', 'gauge'])
  const streams = await get(thing['Datastreams@iot.navigationLink'])
  assert.deepEqual(streams.value.map(({ properties }: Json) => properties.metric), ['level', 'battery'])
  const [level] = streams.value
  assert.equal(level.phenomenonTime, `${ago(10)}/${ago(1)}`)
  assert.deepEqual(level.unitOfMeasurement, { name: 'm', symbol: 'm', definition: null })
  assert.equal(typeof level['@iot.id'], 'number')

  const { value } = await get(level['Observations@iot.navigationLink'])
  assert.deepEqual(value.map(({ result }: Json) => result), [9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
  assert.equal(value[0].phenomenonTime, ago(1))
  const observation = await get(value[0]['@iot.selfLink'])
  assert.deepEqual(observation, value[0])
  assert.equal((await get(value[0]['Datastream@iot.navigationLink']))['@iot.id'], level['@iot.id'])
  assert.equal((await get(value[0]['FeatureOfInterest@iot.navigationLink']))['@iot.id'], 'WL-1')

  const location = (await get("/Things('WL-1')/Locations")).value[0]
  assert.deepEqual([location.encodingType, location.location.type], ['application/geo+json', 'Point'])
  const property = await get(`/Datastreams(${level['@iot.id']})/ObservedProperty`)
  assert.deepEqual([property['@iot.id'], (await get(property.definition)).name], ['gauge~level', property.name])
  assert.equal((await get(`/Datastreams(${level['@iot.id']})/Sensor`))['@iot.id'], 'gauge')
  assert.deepEqual(await get("/Things('WL-1')/name"), { name: 'WL-1' })
  assert.equal((await ask("/Things('WL-1')/name/$value")).text, 'WL-1')
  assert.equal((await ask(`/Datastreams(${level['@iot.id']})/Observations('${value[3]['@iot.id']}')/result/$value`)).text, '6')
  assert.deepEqual(await get("/Things('WL-1')/properties/product"), { product: 'gauge' })
  assert.equal((await ask("/Things('WL-1')/properties/gateway")).status, 404)
  assert.deepEqual((await get("/Things('WL-1')/Datastreams/$ref")).value, streams.value.map((one: Json) => ({ '@iot.selfLink': one['@iot.selfLink'] })))
}))

test('conditions, orders, pages and expansions answer what was asked', withApp(async (app) => {
  const { ago } = await gauges(app)
  const ask = asker(app)
  const get = async (path: string, options: Record<string, string> = {}) => {
    const { status, json, text } = await ask(query(path, options))
    assert.equal(status, 200, `${path} ${JSON.stringify(options)} ${text}`)
    return json
  }
  const level = (await get("/Things('WL-1')/Datastreams")).value[0]['@iot.id'] as number
  const own = { $filter: "startswith(id,'WL-')" }
  const [x, y] = (await get("/Things('WL-1')/Locations")).value[0].location.coordinates

  for (const [filter, found] of [
    ["name eq 'WL-1'", ['WL-1']],
    ["name ne 'WL-1' and startswith(id,'WL-')", ['WL-2']],
    ["substringof('L-2',name)", ['WL-2']],
    ["endswith(tolower(name),'l-1') or id eq 'WL-2'", ['WL-1', 'WL-2']],
    ["length(id) eq 4 and not (indexof(id,'2') gt 0) and contains(id,'WL')", ['WL-1']],
    ["properties/product eq 'gauge' and properties/state eq 'in_service'", ['WL-1', 'WL-2']],
    ["Datastreams/ObservedProperty/properties/code eq 'battery' and startswith(id,'WL')", ['WL-1', 'WL-2']],
    ["Datastreams/Sensor/id eq 'pump' and startswith(id,'WL')", []],
    [`geo.distance(Locations/location,geography'POINT(${x} ${y})') lt 1 and startswith(id,'WL')`, ['WL-1', 'WL-2']],
    [`st_within(Locations/location,geography'POLYGON((${x - 1} ${y - 1},${x + 1} ${y - 1},${x + 1} ${y + 1},${x - 1} ${y + 1},${x - 1} ${y - 1}))') and id eq 'WL-1'`, ['WL-1']],
    [`st_disjoint(Locations/location,geography'POINT(0 0)') and id eq 'WL-1'`, ['WL-1']],
    [`geo.intersects(Locations/location,geography'POLYGON((0 0,1 0,1 1,0 0))') and startswith(id,'WL')`, []],
  ] as [string, string[]][]) {
    assert.deepEqual(ids(await get('/Things', { $filter: filter })), found, filter)
  }

  for (const [options, found] of [
    [{ $top: '2' }, [9, 8]],
    [{ $orderby: 'phenomenonTime asc', $top: '2' }, [0, 1]],
    [{ $orderby: 'phenomenonTime asc', $skip: '3', $top: '2' }, [3, 4]],
    [{ $orderby: 'result desc', $top: '3' }, [9, 8, 7]],
    [{ $filter: `phenomenonTime gt ${ago(4)} and phenomenonTime lt ${ago(1)}` }, [8, 7]],
    [{ $filter: `phenomenonTime ge ${ago(4)} and phenomenonTime le ${ago(3)}` }, [7, 6]],
    [{ $filter: `phenomenonTime eq ${ago(4)}` }, [6]],
    [{ $filter: `during(phenomenonTime,${ago(3)}/${ago(1)})` }, [8, 7]],
    [{ $filter: `not (phenomenonTime gt ${ago(9)})` }, [1, 0]],
    [{ $filter: `phenomenonTime lt ${ago(9)} or result eq 9` }, [9, 0]],
    [{ $filter: 'result gt 3 and result le 5' }, [5, 4]],
    [{ $filter: 'result mod 5 eq 4' }, [9, 4]],
    [{ $filter: 'result mul 1e300 mul 1e300 gt 0 and result div 0 gt 1' }, []],
    [{ $filter: 'result sub 1 eq 1 or result add 1 eq 10' }, [9, 2]],
    [{ $filter: `minute(phenomenonTime) eq ${new Date(ago(3)).getUTCMinutes()} and year(phenomenonTime) gt 2000` }, [7]],
    [{ $filter: `phenomenonTime gt ${ago(3)} and Datastream/Thing/name eq 'WL-1'` }, [9, 8]],
    [{ $filter: "Datastream/Thing/name eq 'WL-2'" }, []],
    [{ $filter: "phenomenonTime lt now() sub duration'P1D'" }, []],
    [{ $filter: "phenomenonTime add duration'PT1H' lt 2000-01-01T00:00:00Z" }, []],
  ] as [Record<string, string>, number[]][]) {
    assert.deepEqual(results(await get(`/Datastreams(${level})/Observations`, options)), found, JSON.stringify(options))
  }

  const counted = await get(`/Datastreams(${level})/Observations`, { $count: 'true', $top: '0', $filter: 'result ge 4' })
  assert.deepEqual([counted['@iot.count'], counted.value], [6, []])
  assert.equal((await get('/Things', { ...own, $count: 'true', $top: '1' }))['@iot.count'], 2)
  assert.deepEqual(ids(await get('/Things', { ...own, $orderby: 'properties/product,name desc' })), ['WL-2', 'WL-1'])
  assert.deepEqual((await get("/Things('WL-1')", { $select: 'name,id' })), { '@iot.id': 'WL-1', name: 'WL-1' })

  const seen: number[] = []
  for (let next = `/Datastreams(${level})/Observations?$top=4&$select=result`; next !== undefined; ) {
    const page = await get(next)
    seen.push(...results(page))
    next = page['@iot.nextLink']
  }
  assert.deepEqual(seen, [9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
  const both: string[] = []
  for (let next = query('/Things', { ...own, $top: '1' }); next !== undefined; ) {
    const page = await get(next)
    both.push(...ids(page))
    next = page['@iot.nextLink']
  }
  assert.deepEqual(both, ['WL-1', 'WL-2'])

  const tree = await get('/Things', { ...own, $expand: 'Locations,Datastreams($filter=properties/metric eq \'level\';$select=name;$expand=Observations($top=2;$orderby=phenomenonTime desc),ObservedProperty)' })
  assert.deepEqual(tree.value.map((thing: Json) => thing.Datastreams.map((each: Json) => each.Observations.map(({ result }: Json) => result))), [[[9, 8]], [[7]]])
  assert.equal(tree.value[0].Datastreams[0].ObservedProperty['@iot.id'], 'gauge~level')
  assert.equal(tree.value[0].Locations.length, 1)
  assert.equal(tree.value[0]['Datastreams@iot.navigationLink'], undefined)
  assert.deepEqual(results(await get(tree.value[0].Datastreams[0]['Observations@iot.nextLink'])), [7, 6])
  const path = await get("/Things('WL-1')", { $expand: 'Datastreams/Observations,Datastreams/Sensor' })
  assert.deepEqual(path.Datastreams.map((each: Json) => [each.Observations.length, each.Sensor['@iot.id']]), [[10, 'gauge'], [1, 'gauge']])

  const arrays = await get(`/Datastreams(${level})/Observations`, { $resultFormat: 'dataArray', $select: 'phenomenonTime,result', $top: '2' })
  assert.deepEqual(arrays.value[0].dataArray, [[ago(1), 9], [ago(2), 8]])
  assert.deepEqual(arrays.value[0].components, ['phenomenonTime', 'result'])

  // Without a series it is the last day.
  const ofGauges = { $filter: "startswith(Datastream/Thing/id,'WL-')" }
  assert.equal((await get('/Observations', ofGauges)).value.length, 11)
  assert.deepEqual(results(await get('/Observations', { $filter: `${ofGauges.$filter} and phenomenonTime lt ${ago(1440)}` })), [7])
  const three = await get('/Observations', { ...ofGauges, $top: '3', $expand: 'Datastream/Thing' })
  assert.deepEqual(three.value.map(({ result, Datastream }: Json) => [result, Datastream.Thing.name]), [[9, 'WL-1'], [8, 'WL-1'], [7, 'WL-1']])
  assert.deepEqual(results(await get(three['@iot.nextLink'])), [6, 5, 88])
}))

test('a question that cannot be answered is told what is wrong and where', withApp(async (app) => {
  await gauges(app)
  const ask = asker(app)

  for (const [path, options, status, at] of [
    ["/Things('WL-9')", {}, 404, undefined],
    ['/Thinks', {}, 404, undefined],
    ["/Things('WL-1')/weight", {}, 404, undefined],
    ["/Things('WL-1')/constructor", {}, 404, undefined],
    ['/Things(', {}, 400, '/:8'],
    ['/Datastreams(1)', {}, 404, undefined],
    ["/Observations('1-1')", {}, 404, undefined],
    ['/Things', { $filter: 'name eq' }, 400, '$filter:8'],
    ['/Things', { $filter: "weight eq 'x'" }, 400, '$filter:1'],
    ['/Things', { $filter: 'name gt 5' }, 400, '$filter:6'],
    ['/Things', { $filter: "name eq 'x' or or" }, 400, '$filter:16'],
    ['/Things', { $filter: "name eq 'x" }, 400, '$filter:9'],
    ['/Things', { $filter: "nearby(name,'x')" }, 400, '$filter:1'],
    ['/Things', { $filter: 'Datastreams/Observations/result gt 5' }, 400, '$filter:13'],
    ['/Observations', { $filter: "result gt 5 or Datastream/name eq 'x'" }, 400, '$filter:13'],
    ['/Things', { $filter: "(name eq 'x'" }, 400, '$filter:13'],
    ['/Things', { $orderby: 'Datastreams/name' }, 400, '$orderby:1'],
    ['/Things', { $top: '-1' }, 400, '$top:1'],
    ['/Things', { $select: 'nmae' }, 400, '$select:1'],
    ['/Things', { $expand: 'Datastreams($top=x)' }, 400, '$expand:18'],
    ['/Things', { $expand: 'Sensor' }, 400, '$expand:1'],
    ['/Things', { $format: 'xml' }, 400, '$format:1'],
  ] as [string, Record<string, string>, number, string | undefined][]) {
    const { status: given, json, text } = await ask(query(path, options))
    assert.deepEqual([given, json?.faults?.[0].at], [status, at], `${path} ${JSON.stringify(options)} ${text}`)
  }
}))
