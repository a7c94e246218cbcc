// What a citizen may choose from: six tiles, not the class tree. Nothing here reads a clock or a database.

import type { Words } from '../../kernel/contract.ts'

export const GROUP_CODES = ['road', 'waste', 'light', 'street', 'green', 'other'] as const
export type GroupCode = (typeof GROUP_CODES)[number]

export const GROUPS: Record<GroupCode, { name: Words; hint: Words }> = {
  road: { name: { zh: '井盖、路面', en: 'Covers, roads' }, hint: { zh: '井盖、道路、交通设施', en: 'Manholes, pavement, traffic signs' } },
  waste: { name: { zh: '垃圾、污水', en: 'Waste, sewage' }, hint: { zh: '垃圾、污水、公厕', en: 'Litter, sewage, toilets' } },
  light: { name: { zh: '路灯、供电', en: 'Lights, power' }, hint: { zh: '路灯、电力、通信设施', en: 'Street lights, power, cables' } },
  street: {
    name: { zh: '占道、噪声', en: 'Blocking, noise' },
    hint: { zh: '占道、广告、施工、噪声', en: 'Obstruction, adverts, works, noise' },
  },
  green: { name: { zh: '树木、绿地', en: 'Trees, parks' }, hint: { zh: '树木、绿地、花坛', en: 'Trees, lawns, flower beds' } },
  other: { name: { zh: '说不清', en: 'Not sure' }, hint: { zh: '由受理员来分类', en: 'We will sort it out' } },
}

// Prefixes of category ids; the longest that fits decides.
const PREFIXES: Readonly<Record<string, readonly (readonly [GroupCode, string])[]>> = {
  '2026': [
    ['road', '01 02 06013 06016 06048 06049 06050 06051 06052 06039'],
    ['light', '01005 01006 01007 01008 01009 01017 01027 01028 01029 01030 01031 01037 01038 01039 01047 01048 01060 01062 01077 10002'],
    ['waste', '03 01018 01059 01072 01073 06010 06011 06012 06014 06015 06025 06026 06030 06032 06033 06035 06037 06041 06042'],
    ['green', '04 01014 06017 06018 06019 06021 06022 06045 06047'],
    ['street', '06 07 08 09'],
  ],
  '2013': [
    ['road', '01 02 0505 0506 0507'],
    ['light', '0105 0106 0107 0108 0109 0117 0127 0128 0129 0130 0131 0137 0138 0139 0147 0148 0508'],
    ['waste', '03 0118 0159 0503'],
    ['green', '04 0114'],
    ['street', '06'],
  ],
}

// In 2013 the majors of matters count anew from 01, so the same digits mean other things than in components.
const MATTERS_2013: readonly (readonly [GroupCode, string])[] = [
  ['road', '0113 0116 05'],
  ['waste', '0110 0111 0112 0114 0115 0125 0126 0130 0131 0132 0133 0135 0137 0503'],
  ['green', '0117 0118 0119 0121 0122'],
  ['light', '0508'],
  ['street', '01 02 03 04 06'],
]

/** The tile under which a citizen would look for a category; `other` where none fits. */
export function groupOf(category: string | null | undefined): GroupCode {
  if (!category) return 'other'
  const [version = '', kind, code = ''] = category.split('.')
  const table = version === '2013' && kind === 'm' ? MATTERS_2013 : PREFIXES[version]

  let found: GroupCode = 'other'
  let length = 0
  for (const [group, prefixes] of table ?? []) {
    for (const prefix of prefixes.split(' ')) {
      if (prefix.length <= length || !code.startsWith(prefix)) continue
      found = group
      length = prefix.length
    }
  }
  return found
}
