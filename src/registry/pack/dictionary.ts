import { putRows, type PackFile } from '../../kernel/index.ts'
import { DICTIONARIES, type DictionaryName } from '../contract.ts'
import { ownTables } from '../tables.ts'
import { SHIPPED_WORDS } from '../words.ts'

export interface DictionaryRow {
  name: DictionaryName
  code: string
  ordinal: number | null
  word: string
  word_en: string | null
  standard?: true
}

const shipped = (): DictionaryRow[] =>
  DICTIONARIES.flatMap((name) =>
    Object.entries(SHIPPED_WORDS[name]).map(([code, { zh, en }], index) => {
      return { name, code, ordinal: index + 1, word: zh, word_en: en, standard: true }
    }),
  )

export const dictionaryFile: PackFile<DictionaryRow> = {
  file: 'dictionary.csv',
  format: 'csv',
  optional: true,
  means: { zh: '字典：渠道与各种原因，加在随程序的词之上', en: 'Dictionaries: sources and reasons, beside those that are shipped' },
  columns: {
    name: { type: 'code', required: true, oneOf: DICTIONARIES, means: { zh: '字典', en: 'Which dictionary' } },
    code: { type: 'code', required: true, maxLength: 40, pattern: /^[A-Za-z0-9._-]+$/, means: { zh: '代码', en: 'Code' } },
    ordinal: { type: 'integer', means: { zh: '次序', en: 'Order' } },
    word: { type: 'text', required: true, maxLength: 100, means: { zh: '词', en: 'Word' } },
    word_en: { type: 'text', maxLength: 150, means: { zh: '英文', en: 'Word in English' } },
  },
  key: ['name', 'code'],
  given: shipped,
  async load(ctx, rows) {
    const entries = rows.map(({ name, code, ordinal, word, word_en, standard }) => ({
      name,
      code,
      ordinal: ordinal ?? 999,
      word,
      wordEn: word_en,
      standard: standard === true,
    }))
    await putRows(ctx, 'dictionary', ['name', 'code'], entries)
  },
  async *export(ctx) {
    const rows = ownTables(ctx)
      .selectFrom('dictionary')
      .selectAll()
      .where('standard', '=', false)
      .orderBy('name')
      .orderBy('ordinal')
      .orderBy('code')
    for (const { name, code, ordinal, word, wordEn } of await rows.execute()) {
      yield { name: name as DictionaryName, code, ordinal: ordinal === 999 ? null : ordinal, word, word_en: wordEn }
    }
  },
}
