// 四个领域: of what kind a risk is, and as what a hazard there is reported.

import type { Words } from '../../kernel/contract.ts'

export const FIELDS = {
  municipal: { zh: '市政设施', en: 'Municipal facilities' },
  building: { zh: '房屋建筑', en: 'Buildings' },
  traffic: { zh: '交通设施', en: 'Traffic facilities' },
  crowd: { zh: '人员密集区域', en: 'Crowded places' },
} as const satisfies Record<string, Words>
export type Field = keyof typeof FIELDS
export const FIELD_CODES = Object.keys(FIELDS) as Field[]

interface Kind {
  readonly field: Field
  readonly words: Words
  /** Of the catalogue of 2026: as what a hazard of this kind is reported unless another category is chosen. */
  readonly category: string
}

const kind = (field: Field, zh: string, en: string, category: string): Kind => ({ field, words: { zh, en }, category: `2026.m.${category}` })

export const KINDS_OF_RISK = {
  gas: kind('municipal', '燃气管网与场站', 'Gas mains and stations', '01049'),
  water: kind('municipal', '供水管网', 'Water mains', '01001'),
  drainage: kind('municipal', '排水与内涝', 'Drainage and floods', '01003'),
  heat: kind('municipal', '供热管网', 'Heat mains', '01061'),
  collapse: kind('municipal', '道路塌陷', 'Road collapse', '06013'),
  power: kind('municipal', '照明与用电', 'Lighting and power', '01060'),
  'old-house': kind('building', '老旧房屋', 'Old houses', '06004'),
  'self-built': kind('building', '经营性自建房', 'Self-built houses in business use', '06001'),
  facade: kind('building', '外墙与幕墙', 'Facades and curtain walls', '06004'),
  site: kind('building', '建筑工地', 'Building sites', '08007'),
  billboard: kind('building', '户外广告设施', 'Outdoor billboards', '07003'),
  bridge: kind('traffic', '桥梁', 'Bridges', '02009'),
  footbridge: kind('traffic', '人行天桥', 'Footbridges', '02006'),
  underpass: kind('traffic', '下穿通道', 'Underpasses', '02007'),
  tunnel: kind('traffic', '隧道', 'Tunnels', '02044'),
  rail: kind('traffic', '轨道交通', 'Railways and metro', '02032'),
  signals: kind('traffic', '信号与护栏', 'Signals and guard rails', '02015'),
  mall: kind('crowd', '商业综合体', 'Shopping centres', '09012'),
  square: kind('crowd', '广场与公园', 'Squares and parks', '06047'),
  school: kind('crowd', '学校与医院', 'Schools and hospitals', '09012'),
  hub: kind('crowd', '交通枢纽', 'Transport hubs', '02004'),
  market: kind('crowd', '农贸市场与夜市', 'Markets', '09020'),
} as const satisfies Record<string, Kind>
export type RiskKind = keyof typeof KINDS_OF_RISK
export const KIND_CODES = Object.keys(KINDS_OF_RISK) as RiskKind[]
export const kindsOf = (field: Field): RiskKind[] => KIND_CODES.filter((code) => KINDS_OF_RISK[code].field === field)
