import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../kernel/index.ts'
import { readAddress } from './address.ts'
import { constantOf } from './evaluate.ts'
import { cursorOn } from './cursor.ts'
import { readFilter } from './filter.ts'
import { readWkt } from './geometry.ts'
import { readOptions, writeOptions } from './options.ts'
import { questionOf } from './question.ts'

const NOW = Date.parse('2026-06-10T02:00:00Z')
const AT = '2026-06-10T00:00:00Z'
const at = Date.parse(AT)
const read = (filter: string) => readOptions({ $filter: filter }, 'Observations', NOW)

for (const [condition, truth] of [
  ['1 add 2 mul 3 eq 7', true],
  ['(1 add 2) mul 3 eq 7', false],
  ['7 sub 2 sub 1 eq 4', true],
  ['1 eq 1 or 1 eq 2 and 1 eq 3', true],
  ['(1 eq 1 or 1 eq 2) and 1 eq 3', false],
  ['not 1 eq 2', true],
  ['not (1 eq 1) or 2 eq 2', true],
  ['-1.5e1 lt -14', true],
  ['5 mod 3 eq 2 and 6 div 4 eq 1.5 and round(1.5) eq 2 and floor(1.5) eq 1 and ceiling(1.5) eq 2', true],
  ["'it''s' eq concat('it','''s')", true],
  ["substringof('水','积水点') and length('水位') eq 2 and substring('abc',1) eq 'bc' and trim(' a ') eq 'a'", true],
  [`${AT} lt now() and ${AT} add duration'PT2H' eq now()`, true],
  [`now() sub ${AT} eq duration'PT2H'`, true],
  ['2026-06-10T08:00:00+08:00 eq 2026-06-10T00:00:00Z', true],
  ['2026-06-10T08:00:00 08:00 eq 2026-06-10T00:00:00Z', true],
  [`hour(${AT}) eq 0 and day(${AT}) eq 10 and date(${AT}) eq 2026-06-10 and time(${AT}) eq 00:00:00`, true],
  [`before(${AT},now()) and during(${AT},2026-06-09T00:00:00Z/2026-06-11T00:00:00Z)`, true],
  ["geo.distance(geography'POINT(116 40)',geometry'POINT(116 40.001)') gt 111", true],
  ["geo.distance(geography'POINT(116 40)',geography'LINESTRING(115 40.001,117 40.001)') lt 112", true],
  ["st_equals(geography'POINT(116 40)',geography'POINT(116 41)')", false],
  ['1 div 0 eq 1', false],
] as const) {
  test(`${condition} is ${truth}`, () => assert.equal(constantOf(readFilter({ cursor: cursorOn('$filter', condition), kind: 'Observations', now: NOW })), truth))
}

for (const [filter, from, to, conditions] of [
  [`phenomenonTime gt ${AT}`, at + 1, undefined, 0],
  [`${AT} le resultTime`, at, undefined, 0],
  [`phenomenonTime ge ${AT} and phenomenonTime lt now() and phenomenonTime ge 2026-06-01T00:00:00Z`, at, NOW, 0],
  [`phenomenonTime le ${AT} and result gt 3`, undefined, at + 1, 1],
  [`phenomenonTime gt ${AT} or result gt 3`, undefined, undefined, 1],
  [`during(phenomenonTime,${AT}/2026-06-10T02:00:00Z)`, at, NOW, 0],
] as const) {
  test(`${filter} is a window that the index answers, and ${conditions} other conditions`, () => {
    const question = questionOf(read(filter))
    assert.deepEqual([question.from, question.to, question.conditions.length], [from, to, conditions])
  })
}

test('what is expanded is written again as it was read', () => {
  const text = "Datastreams($filter=name eq 'a;b)(,';$top=2;$expand=Observations($top=1;$orderby=phenomenonTime desc),Sensor),Locations"
  assert.deepEqual(writeOptions(readOptions({ $expand: text }, 'Things', NOW)), [['$expand', text.replace(/(\$filter.*?;\$top=2)/, '$1')]])
  assert.deepEqual(writeOptions(readOptions({ $expand: 'Datastreams/Observations,Datastreams/Sensor' }, 'Things', NOW)), [['$expand', 'Datastreams($expand=Observations,Sensor)']])
})

test('an address keeps what stands in quotation marks', () => {
  assert.deepEqual(readAddress("Things('a/b(''c)')/Datastreams(64)/$ref"), { steps: [{ name: 'Things', key: "a/b('c)" }, { name: 'Datastreams', key: 64 }], tail: '$ref' })
})

for (const text of ['POINT(200 0)', 'POINT(1 2, 3 4)', 'POINT 1 2', 'LINESTRING(1 2)', 'POLYGON((0 0,1 0,1 1))', 'POLYGON((0 0,1 0,1 1,2 2))', 'CIRCLE(0 0 1)', '']) {
  test(`“${text}” is no place`, () => assert.equal(readWkt(text), undefined))
}

const SOUND = [
  "startswith(name,'WL') and (Datastreams/ObservedProperty/name eq 'Water level' or not properties/state eq 'stopped')",
  `phenomenonTime gt ${AT} and result mul 2 sub 1 le -3.5e2 and during(phenomenonTime,${AT}/${AT})`,
  "geo.distance(Locations/location,geography'POLYGON((0 0,1 0,1 1,0 0))') lt 5 and length(trim(name)) eq 3",
  "Datastreams($filter=name eq 'x';$top=2;$expand=Observations($top=1;$orderby=phenomenonTime desc)),Locations",
  "Datastreams/Observations,HistoricalLocations($count=true)",
  "Things('WL-1')/Datastreams(64)/Observations('64-1781056800000')/result/$value",
  'phenomenonTime desc,result asc',
]

test('of damaged questions each is read or refused with its place, and none breaks the reader', () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  let state = seed
  const below = (most: number) => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) % most
  const pieces = ["'", '(', ')', ',', ';', '/', '$', ' ', ' and ', 'not ', '-', '9', '\u{1f30a}', '\ud800', '\0', 'geography\'', '$expand=', 'Datastreams', 'result', '__proto__', '(((((((((((((((']
  const damage = (text: string): string => {
    let out = text
    for (let i = below(4); i >= 0; i--) {
      const place = below(out.length + 1)
      out = out.slice(0, place) + (below(2) ? pieces[below(pieces.length)]! : '') + out.slice(place + below(6))
    }
    return out
  }
  for (let i = 0; i < 30_000; i++) {
    const text = damage(SOUND[below(SOUND.length)]!)
    const option = ['$filter', '$expand', '$orderby', '$select'][below(4)]!
    const kind = below(2) ? ('Things' as const) : ('Observations' as const)
    for (const attempt of [() => questionOf(readOptions({ [option]: text }, kind, NOW)), () => readAddress(text)]) {
      try {
        attempt()
      } catch (error) {
        assert.ok(error instanceof Problem && error.code === 'sensorthings.question-wrong' && error.faults.length === 1, `seed ${seed}: ${option} ${JSON.stringify(text)} ${error}`)
      }
    }
  }
})

for (const [what, text] of [
  ['brackets', '('.repeat(1_900)],
  ['denials', 'not '.repeat(480)],
  ['calls', 'trim('.repeat(390)],
  ['sums', `${'result add '.repeat(170)}1 eq 1`],
] as const) {
  test(`${what} without end do not fill the stack`, () => {
    try {
      read(text)
    } catch (error) {
      assert.ok(error instanceof Problem)
    }
  })
}
