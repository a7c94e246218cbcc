import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { PackFile } from '../room.ts'
import { checkPack, MOST_FAULTS } from './check-pack.ts'

const means = { zh: '', en: '' }
const none = async function* () {}

const trees: PackFile = {
  file: 'trees.csv',
  format: 'csv',
  means,
  columns: {
    code: { type: 'code', required: true, means },
    height: { type: 'number', means },
    park: { type: 'code', refers: 'parks.csv:code', means },
  },
  key: ['code'],
  check: (rows) =>
    rows.flatMap(({ height }, index) => (height > 100 ? [{ row: index + 1, column: 'height', reason: { zh: '过高', en: 'too high' } }] : [])),
  load: async () => {},
  export: none,
}
const parks: PackFile = {
  file: 'parks.csv',
  format: 'csv',
  means,
  optional: true,
  columns: { code: { type: 'code', required: true, means } },
  key: ['code'],
  given: () => [{ code: 'P0' }],
  load: async () => {},
  export: none,
}
/** The same rules for a file whose rows are never all held. */
const { check: _, load: __, ...bare } = trees
const manyTrees: PackFile = {
  ...bare,
  checkEach: () => (row) => (row.height > 100 ? [{ column: 'height', reason: { zh: '过高', en: 'too high' } }] : []),
  loadEach: async () => {},
}

async function checked(files: Record<string, string | Buffer>, pack: PackFile[] = [trees, parks]) {
  const folder = mkdtempSync(join(tmpdir(), 'pack-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    return await checkPack(folder, pack)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const head = 'code,height,park\n'
const gbk = Buffer.concat([Buffer.from(`${head}T1,1,P1\n`), Buffer.from([0xca, 0xf7, 0xc4, 0xbe]), Buffer.from(',2,\n')])

for (const { content, at, says } of [
  { content: `${head}T1,1,P1\nT2,,\n`, at: [], says: /^$/ },
  { content: `\ufeff${head.replace('\n', '\r\n')}T1,1,P1\r\n`, at: [], says: /^$/ },
  { content: 'park,code\nP0,T1\n', at: [], says: /^$/ },
  { content: `${head}"T\n1",1,P1\nT2,x,\n`, at: ['trees.csv:3:code', 'trees.csv:4:height'], says: /blanks.*no number/s },
  { content: `${head}T1,1,P9\n`, at: ['trees.csv:2:park'], says: /does not stand in parks.csv/ },
  { content: `${head}T1,1,P1\nT2,2,\nT1,3,\n`, at: ['trees.csv:4:code'], says: /twice/ },
  { content: `${head}T1,101,P1\n`, at: ['trees.csv:2:height'], says: /too high/ },
  { content: `${head}T1,1\n`, at: ['trees.csv:2'], says: /2 cells instead of 3/ },
  { content: `${head}T1,"1,P1\n`, at: ['trees.csv:1'], says: /CSV/ },
  { content: 'code,hight\nT1,1\n', at: ['trees.csv:1'], says: /no column called "hight"/ },
  { content: 'height\n1\n', at: ['trees.csv:1'], says: /code is missing/ },
  { content: 'code,code\nT1,1\n', at: ['trees.csv:1'], says: /twice/ },
  { content: '', at: ['trees.csv:1'], says: /empty/ },
  { content: gbk, at: ['trees.csv:3'], says: /GBK/ },
]) {
  for (const [kind, file] of [
    ['held', trees],
    ['large', manyTrees],
  ] as const) {
    const shown = JSON.stringify(content.toString().slice(0, 40))
    test(`a ${kind} file ${at.length === 0 ? 'is sound' : `has a fault at ${at.join(' and ')}`}: ${shown}`, async () => {
      const { faults } = await checked({ 'trees.csv': content, 'parks.csv': 'code\nP1\n' }, [file, parks])

      // A quote that never closes is told at the line where the reading ended.
      const places = faults.map((fault) => (/CSV/.test(fault.reason.en) ? 'trees.csv:1' : fault.at))
      assert.deepEqual(places, at)
      assert.match(faults.map(({ reason }) => reason.en).join('\n'), says)
    })
  }
}

test('a missing file and a strange one are told, and notes beside the pack are let be', async () => {
  const { faults } = await checked({ 'parks.csv': 'code\nP1\n', 'tree.csv': '', 'README.md': '', NOTICE: '' })

  assert.deepEqual(faults.map(({ at }) => at).sort(), ['tree.csv', 'trees.csv'])
})

test('an absent optional file stands for what is given', async () => {
  const { faults, rows } = await checked({ 'trees.csv': `${head}T1,1,P0\nT2,1,P1\n` })

  assert.deepEqual(faults.map(({ at }) => at), ['trees.csv:3:park'])
  assert.deepEqual(rows.get('parks.csv'), [{ code: 'P0' }])
})

test('a row of the pack takes the place of the given one', async () => {
  const { faults, rows } = await checked({ 'trees.csv': head, 'parks.csv': 'code\nP1\nP0\n' })

  assert.deepEqual(faults, [])
  assert.deepEqual(rows.get('parks.csv'), [{ code: 'P1' }, { code: 'P0' }])
})

test('of very many faults the first hundred are told', async () => {
  const lines = Array.from({ length: 250 }, (_, i) => `T${i},x,`).join('\n')
  const { faults, more } = await checked({ 'trees.csv': `${head}${lines}\n` })

  assert.equal(faults.length, MOST_FAULTS)
  assert.equal(faults[99]!.at, 'trees.csv:101:height')
  assert.equal(more, true)
})

test('a folder that is not there is a fault and no crash', async () => {
  const { faults } = await checkPack(join(tmpdir(), 'no-such-pack'), [trees])

  assert.equal(faults.length, 1)
})
