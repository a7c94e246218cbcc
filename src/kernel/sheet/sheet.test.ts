import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSheet } from './read-sheet.ts'
import { readTable, type TableColumn } from './read-table.ts'
import { writeSheet, type SheetColumn, type SheetValue } from './write-sheet.ts'
import { columnIndex, columnName } from './xml.ts'

const ZONE = 'Asia/Shanghai'
const COLUMNS: SheetColumn[] = [
  { title: '案件号', kind: 'text' },
  { title: '次数', kind: 'number' },
  { title: '时间', kind: 'moment' },
]

async function* of(rows: readonly (readonly SheetValue[])[]) {
  yield* rows
}
const bytesOf = async (rows: readonly (readonly SheetValue[])[], columns = COLUMNS) =>
  Buffer.concat(await Array.fromAsync(writeSheet({ name: '延期/台账', columns, zone: ZONE }, of(rows))))
const read = async (bytes: Buffer) => Array.fromAsync(readSheet(bytes, ZONE))

test('what is written is read back: leading zeros, times to the second, marks of XML, no formula', async () => {
  const at = new Date('2026-11-20T06:32:08Z')
  const rows = [
    ['00099990226', 3, at],
    ['=1+1 <a href="x">&', 0, null],
    ['\u0007嘀\uD800😀', null, undefined],
  ]

  const bytes = await bytesOf(rows)
  assert.deepEqual(await read(bytes), [
    { row: 1, cells: ['案件号', '次数', '时间'] },
    { row: 2, cells: ['00099990226', 3, at] },
    { row: 3, cells: ['=1+1 <a href="x">&', 0] },
    { row: 4, cells: ['嘀😀'] },
  ])
})

test('a hundred thousand rows pass without being held', async () => {
  let made = 0
  async function* many() {
    while (made < 100_000) yield [`${++made}`.padStart(20, '9'), made, new Date(made * 1000)]
  }
  let bytes = 0
  const stream = writeSheet({ name: 'x', columns: COLUMNS, zone: ZONE }, many())
  for await (const chunk of stream) {
    // The first bytes leave long before the last row is made.
    if (bytes === 0) assert.ok(made < 50_000, `${made} rows were made before the first byte left`)
    bytes += (chunk as Buffer).length
  }
  assert.equal(made, 100_000)
})

test('what fails while rows are made ends the stream', async () => {
  async function* failing() {
    yield ['1', 1, null]
    throw new Error('gone')
  }
  await assert.rejects(Array.fromAsync(writeSheet({ name: 'x', columns: COLUMNS, zone: ZONE }, failing())), /gone/)
})

test('a table names what is wrong by row and column, and reads the rest', async () => {
  const table: TableColumn[] = [
    { key: 'code', title: { zh: '案件号', en: 'Number' }, kind: 'text', required: true, maxLength: 6 },
    { key: 'n', title: { zh: '次数', en: 'Times' }, kind: 'number' },
  ]
  const columns: SheetColumn[] = [{ title: 'Number', kind: 'text' }, { title: '次数', kind: 'text' }]
  const { rows, faults } = await readTable(await bytesOf([['000123', '1,200'], ['', '7'], ['1234567', 'many']], columns), table, ZONE)

  assert.deepEqual(rows, [{ row: 2, values: { code: '000123', n: 1200 } }])
  assert.deepEqual(faults.map(({ row, column }) => `${row} ${column}`), ['3 code', '4 code', '4 n'])
  const lacking = await readTable(await bytesOf([['1']], [{ title: '别的', kind: 'text' }]), table, ZONE)
  assert.deepEqual(lacking.faults.map(({ row, column }) => `${row} ${column}`), ['1 code'])
})

for (const [what, bytes] of [
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47])],
  ['nothing', Buffer.alloc(0)],
] as const) {
  test(`${what} is no sheet`, () => assert.rejects(read(bytes), { code: 'sheet.not-a-sheet' }))
}

test('columns are named as sheets name them', () => {
  for (const [index, name] of [[0, 'A'], [25, 'Z'], [26, 'AA'], [701, 'ZZ'], [702, 'AAA']] as const) {
    assert.equal(columnName(index), name)
    assert.equal(columnIndex(`${name}12`), index)
  }
})
