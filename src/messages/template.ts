// Texts with places for facts, `{number}`. Checked when they are saved; nothing here reads a clock or a database.

import type { Words } from '../kernel/contract.ts'

/** Whom a text is for decides which facts it may hold: a citizen reads no names of units' people, and nobody else a query word. */
export const READERS = ['reporter', 'staff'] as const
export type Reader = (typeof READERS)[number]

interface Place {
  readonly words: Words
  readonly readers: readonly Reader[]
}

const both: readonly Reader[] = READERS
const staff: readonly Reader[] = ['staff']

/** What can stand in a text. */
export const PLACES = {
  city: { words: { zh: '城市名称', en: 'name of the city' }, readers: both },
  number: { words: { zh: '案件号', en: 'case number' }, readers: both },
  category: { words: { zh: '类别', en: 'category' }, readers: both },
  address: { words: { zh: '地址（不含门牌以外的个人信息）', en: 'address, without personal data' }, readers: both },
  state: { words: { zh: '现状态', en: 'state' }, readers: both },
  unit: { words: { zh: '处置单位', en: 'responsible unit' }, readers: both },
  due: { words: { zh: '时限', en: 'deadline' }, readers: both },
  reason: { words: { zh: '原因', en: 'reason' }, readers: both },
  at: { words: { zh: '发生时间', en: 'when it happened' }, readers: both },
  link: { words: { zh: '链接', en: 'link' }, readers: both },
  queryWord: { words: { zh: '查询码（仅反映人）', en: 'query word (for the reporter alone)' }, readers: ['reporter'] },
  description: { words: { zh: '问题描述（已遮盖个人信息）', en: 'what was reported, personal data covered' }, readers: staff },
  step: { words: { zh: '所做的步骤', en: 'the step taken' }, readers: staff },
  lamp: { words: { zh: '红黄绿灯', en: 'lamp' }, readers: staff },
  clock: { words: { zh: '何种时限', en: 'which limit' }, readers: staff },
  note: { words: { zh: '意见（已遮盖个人信息）', en: 'note, personal data covered' }, readers: staff },
  source: { words: { zh: '来源', en: 'source' }, readers: staff },
} as const satisfies Record<string, Place>
export type PlaceName = keyof typeof PLACES

/** Facts by the name of their place; what is not known is not there. */
export type Facts = Readonly<Partial<Record<PlaceName, Words>>>

const PLACE = /\{([^{}]*)\}/g
const isPlace = (name: string): name is PlaceName => Object.hasOwn(PLACES, name)

/** The places that texts hold. */
export const placesIn = (...texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap((text) => [...text.matchAll(PLACE)].map(([, name]) => name!.trim())))

export interface TextFault {
  readonly at: string
  readonly reason: Words
}

/** What is wrong with one text of a template for `reader`; `at` is the path of its field. */
export function textFaults(text: string, reader: Reader, at: string): TextFault[] {
  const faults: TextFault[] = []
  const say = (zh: string, en: string) => faults.push({ at, reason: { zh, en } })
  for (const name of placesIn(text)) {
    if (!isPlace(name)) say(`没有占位符 {${name}}`, `There is no placeholder {${name}}`)
    else if (!(PLACES[name].readers as readonly Reader[]).includes(reader)) {
      const whom = reader === 'reporter' ? { zh: '反映人', en: 'whoever reported' } : { zh: '工作人员', en: 'staff' }
      say(`给${whom.zh}的消息不能用 {${name}}`, `{${name}} does not belong into what is told to ${whom.en}`)
    }
  }
  const bare = text.replaceAll(PLACE, '')
  if (/[{}]/.test(bare)) say('大括号不成对', 'A brace has no other half')
  return faults
}

/** The text with its facts in place; a fact that is not known is left out, and the marks around it closed up. */
export function fill(text: string, facts: Facts, language: keyof Words): string {
  return text
    .replaceAll(PLACE, (_, name: string) => {
      const place = name.trim()
      return isPlace(place) ? (facts[place]?.[language] ?? '') : ''
    })
    .replaceAll(/[（(]\s*[)）]/g, '')
    .replaceAll(/[，、：]\s*(?=[，。；、]|$)/g, '')
    .replaceAll(/[,:]\s*(?=[,.](\s|$))/g, '')
    .replaceAll(/([.,]) *: +/g, '$1 ')
    .replaceAll(/[ \t]{2,}/g, ' ')
    .trim()
}

interface Texts {
  readonly zh: { readonly subject: string; readonly body: string }
  readonly en: { readonly subject: string; readonly body: string }
}

/** Everything that is wrong with a template. */
export const templateFaults = ({ zh, en }: Texts, reader: Reader): TextFault[] => [
  ...textFaults(zh.subject, reader, 'zh.subject'),
  ...textFaults(zh.body, reader, 'zh.body'),
  ...textFaults(en.subject, reader, 'en.subject'),
  ...textFaults(en.body, reader, 'en.body'),
]

export const say = ({ zh, en }: Texts, facts: Facts) => ({
  zh: { subject: fill(zh.subject, facts, 'zh'), body: fill(zh.body, facts, 'zh') },
  en: { subject: fill(en.subject, facts, 'en'), body: fill(en.body, facts, 'en') },
})
