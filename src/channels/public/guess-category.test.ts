import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { GROUP_CODES, groupOf, type GroupCode } from './groups.ts'
import { guessCategory } from './guess-category.ts'

const file = new URL('../../registry/catalogues/2026/categories.csv', import.meta.url)
const rows = parse(readFileSync(file), { columns: true, bom: true }) as Record<string, string>[]
const matters = rows.filter(({ id }) => id!.startsWith('2026.m.')).map(({ id, name }) => ({ id: id!, name: { zh: name!, en: name! } }))
const nameOf = (id: string | undefined) => matters.find((one) => one.id === id)?.name.zh

for (const { group, words, name, because } of [
  { group: undefined, words: '雨水井盖裂开一大块', name: '雨水井盖异常', because: 'the words name it' },
  { group: 'road', words: '路面有个大坑', name: '道路破损', because: 'people say 坑 for 道路破损' },
  { group: 'light', words: '路灯不亮三天了', name: '路灯异常', because: 'the lamp is dark' },
  { group: undefined, words: '半夜施工太吵', name: '噪声扰民', because: 'people say 吵' },
  { group: 'waste', words: '', name: '暴露垃圾', because: 'a tile alone has its most usual matter' },
  { group: 'other', words: '', name: '乱堆杂物', because: 'nothing is said at all' },
  { group: 'green', words: '行道树要倒了', name: '行道树异常', because: 'the tree is named' },
] as { group?: GroupCode; words: string; name: string; because: string }[]) {
  test(`“${words}” of the tile ${group ?? 'none'} is guessed as ${name}: ${because}`, () =>
    assert.equal(nameOf(guessCategory('2026', matters, { group, words })), name))
}

test('a catalogue of another city still gives some category', () => {
  assert.equal(
    guessCategory('boston', [{ id: 'boston.m.pothole', name: { zh: 'Pothole', en: 'Pothole' } }], { group: 'road' }),
    'boston.m.pothole',
  )
})

test('each tile but “not sure” holds some matters of the catalogue', () => {
  const found = new Set(matters.map(({ id }) => groupOf(id)))

  assert.deepEqual(
    GROUP_CODES.filter((code) => code !== 'other' && !found.has(code)),
    [],
  )
  assert.equal(groupOf('2026.m.01003'), 'road')
  assert.equal(groupOf('2026.m.01037'), 'light')
  assert.equal(groupOf('2013.m.0110'), 'waste')
  assert.equal(groupOf(''), 'other')
})
