import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { fillDevices, type Trade } from '../../monitoring/index.ts'
import { ringOver, type Sample } from '../../monitoring/alarms/try-rule.ts'
import { take } from '../../monitoring/testing.ts'
import { TODAY, withApp } from '../../testing.ts'
import { DEMO, layCity } from '../city.ts'
import { openWorkshop } from '../history.ts'
import { SimulatedCity, type SimulatedReading } from '../simulate/simulated-city.ts'
import { layDevices, type Device } from './lay-devices.ts'
import { PRODUCTS } from './products.ts'
import { rulesFor } from './rules.ts'
import { kindsOf, type Trouble, type TroubleKind } from './trouble.ts'

const MINUTE = 60_000
const products = Object.entries(PRODUCTS).map(([code, { metrics }]) => ({ code, metrics: [...metrics] }))
/** A night of the winter before, when the city is heated and its lamps burn. */
const WINTER = +new Date(`${TODAY.getFullYear()}-01-14T22:30:00+08:00`)

let devices: readonly Device[]
before(() => (devices = layDevices(openWorkshop(layCity({ ...DEMO, components: 2_000, now: TODAY })))))

interface Run {
  readonly troubles: readonly Trouble[]
  readonly readings: readonly (SimulatedReading & { readonly at: number })[]
}

function run(trade: Trade, seed: number, minutes = 300, from = WINTER): Run {
  const city = new SimulatedCity({ seed, products, devices, from, trouble: [trade] })
  return { troubles: city.troubles, readings: city.until(minutes).map((reading) => ({ ...reading, at: Math.round(from + reading.minute * MINUTE) })) }
}

/** What rings by the rules of the city: rule and device. */
function rung({ readings }: Run): Set<string> {
  const numbers = new Map(devices.map(({ code }, i) => [code, i + 1]))
  const end = readings.at(-1)!.at
  return new Set(
    Object.entries(rulesFor(devices)).flatMap(([code, rule]) => {
      if (!rule.active || rule.product === null) return []
      const watched = devices.filter(({ product, state }) => product === rule.product && state === 'in_service').map((device) => ({ ...device, number: numbers.get(device.code)! }))
      const known = new Map(watched.map((device) => [device.code, device.number]))
      const samples = readings.flatMap(({ device, metric, at, value }): Sample[] => (known.has(device) ? [[at, value, known.get(device)!, metric]] : []))
      return ringOver(rule, samples, watched, end).map(({ device }) => `${code} ${devices[device - 1]!.code}`)
    }),
  )
}

const burstOf = (device: string) => `BURST-${device}`

/** What rings where this goes wrong, and which of it is dispatched, as what, to whom; to the owner of the device where none is named. */
const EXPECTED: Readonly<Partial<Record<TroubleKind, { readonly rings: readonly (string | ((device: string) => string))[]; readonly category: string; readonly unit?: string }>>> = {
  cover: { rings: ['COVER-TILT'], category: '01002' },
  'gas-well': { rings: ['GAS-LEAK'], category: '01049' },
  regulator: { rings: ['REGULATOR-HIGH'], category: '01049' },
  'low-pressure': { rings: ['PIPE-PRESSURE'], category: '01001' },
  pump: { rings: ['PUMP-PRESSURE'], category: '01001' },
  burst: { rings: [burstOf, 'DMA-FALL'], category: '01001' },
  leak: { rings: ['DMA-NIGHT'], category: '01001' },
  'wet-chamber': { rings: ['CHAMBER-WATER'], category: '01001' },
  'cold-supply': { rings: ['HEAT-SUPPLY'], category: '01061' },
  'heat-leak': { rings: ['HEAT-CHAMBER'], category: '01061' },
  strain: { rings: ['BRIDGE-STRAIN'], category: '02009' },
  overweight: { rings: ['BRIDGE-OVERWEIGHT'], category: '02009', unit: 'U06' },
  convoy: { rings: ['BRIDGE-OVERWEIGHT', 'BRIDGE-CONVOY'], category: '02009', unit: 'U06' },
}

const TRADES = ['water', 'gas', 'heat', 'bridge', 'drainage'] as const

for (const trade of TRADES) {
  for (const seed of [1, 2, 3, 4]) {
    test(`what goes wrong rings by its own rules, at its own device, and nothing else rings (${trade}, seed ${seed})`, () => {
      const made = run(trade, seed)

      assert.deepEqual(made.troubles.map(({ kind }) => kind), kindsOf(trade))
      const expected = made.troubles.flatMap(({ kind, device }) => EXPECTED[kind]!.rings.map((rule) => `${typeof rule === 'string' ? rule : rule(device)} ${device}`))
      assert.deepEqual([...rung(made)].toSorted(), expected.toSorted())
    })
  }
}

test('on an ordinary day of any season nothing rings', () => {
  for (const month of ['01', '04', '07', '11']) {
    const city = new SimulatedCity({ seed: 1, products, devices, from: +new Date(`${TODAY.getFullYear()}-${month}-03T00:00:00+08:00`) })
    const quiet = new Set(city.troubles.map(({ device }) => device))
    const from = +new Date(`${TODAY.getFullYear()}-${month}-03T00:00:00+08:00`)
    const readings = city.until(24 * 60).filter(({ device }) => !quiet.has(device)).map((reading) => ({ ...reading, at: Math.round(from + reading.minute * MINUTE) }))

    assert.deepEqual([...rung({ troubles: [], readings })], [], `month ${month}`)
  }
})

test('a formula names the devices of its zone: each zone has a rule of its own', () => {
  const zones = devices.filter(({ product }) => product === 'dma-meter').map(({ code }) => code)

  assert.ok(zones.length > 1)
  assert.deepEqual(Object.keys(rulesFor(devices)).filter((code) => code.startsWith('BURST-')), zones.map(burstOf))
  assert.deepEqual(Object.keys(rulesFor([])).filter((code) => code.startsWith('BURST-')), [])
})

test('what goes wrong in each trade becomes a case of its category and goes to the unit that must act', withApp(async ({ kernel }) => {
  await fillDevices(kernel, { products: PRODUCTS, devices, readings: [], rules: rulesFor(devices) })
  await kernel.settle()
  const troubles: Trouble[] = []
  for (const [i, trade] of TRADES.entries()) {
    // Each trade on a night of its own, as no reading may come behind a later one.
    const made = run(trade, 1, 300, WINTER + i * 24 * 60 * MINUTE)
    const concerned = new Set(made.troubles.map(({ device }) => device))
    troubles.push(...made.troubles)
    await take(kernel, made.readings.flatMap(({ device, metric, at, value }) => (concerned.has(device) ? [{ device, metric, at, value }] : [])))
  }

  const wanted = troubles.map(({ kind, device }) => {
    const { rings, category, unit } = EXPECTED[kind]!
    const [first] = rings
    return [typeof first === 'string' ? first : first!(device), device, `2026.m.${category}`, unit ?? devices.find(({ code }) => code === device)!.ownerUnit].join(' ')
  })
  const find = async () => {
    const { rows } = await sql<{ made: string }>`
      select concat_ws(' ', a.rule, a.device, c.category, c.unit_code) as made from alarm a join case_file c on c.number = a.case_number and c.district = a.district`.execute(kernel.db)
    return rows.map(({ made }) => made).toSorted()
  }
  const distinct = [...new Set(wanted)].toSorted()
  let found = await find()
  for (const end = Date.now() + 60_000; found.length < distinct.length && Date.now() < end; found = await find()) await new Promise((over) => setTimeout(over, 250))
  assert.deepEqual([...new Set(found)], distinct)
}))
