// The columns of past cases, one row a case: those of a city pack's history.csv, and those that a mapping fills from any other file.

import type { Words } from '../kernel/contract.ts'

/** Times are ISO 8601 with their zone; an empty one says that it did not happen. Within a row they never go back. */
export const HISTORY_COLUMN_WORDS = {
  key: { zh: '来源系统中的编号；同一编号不会重复导入', en: 'Its key in the source system; the same key is never taken twice' },
  source: { zh: '上报渠道代码', en: 'Code of the dictionary `source`' },
  category: { zh: '类别 <版本>.<c|m>.<代码>', en: 'Category: <version>.<c|m>.<code>' },
  district: { zh: '6 位区划代码；有位置时可空', en: '6 digits; may be empty where the position lies in the city' },
  street: { zh: '9 位街道代码；有位置时可空', en: '9 digits; may be empty' },
  community: { zh: '12 位社区代码；有位置时可空', en: '12 digits; may be empty' },
  longitude: { zh: 'WGS84 经度', en: 'WGS84, degrees' },
  latitude: { zh: 'WGS84 纬度', en: 'WGS84, degrees' },
  address: { zh: '地址', en: 'Address' },
  description: { zh: '问题描述', en: 'What the problem is' },
  component: { zh: '部件标识码', en: 'Code of the component that it is about' },
  condition: { zh: '立案条件编号', en: 'Id of the filing condition' },
  unit: { zh: '处置单位代码', en: 'Code of the responsible unit' },
  first_unit: { zh: '回退前的单位代码；空则同处置单位', en: 'The unit that returned it; the responsible one where it is empty' },
  reported_at: { zh: '上报', en: 'Reported' },
  accepted_at: { zh: '受理', en: 'Accepted' },
  verified_at: { zh: '核实属实', en: '核实 found it so' },
  established_at: { zh: '立案', en: 'Established' },
  returned_at: { zh: '回退', en: 'Returned by the first unit, before `dispatched_at`' },
  dispatched_at: { zh: '派遣', en: 'Dispatched to the responsible unit' },
  due_at: {
    zh: '处置到期；空则按立案条件推算，两者皆空则无时限',
    en: 'Deadline of the disposal; reckoned from the condition where it is empty; without both there is none',
  },
  first_disposed_at: { zh: '返工前的处置完成；空则同返工时间', en: 'Disposal before the rework; the moment of the rework where it is empty' },
  reworked_at: { zh: '返工', en: 'A failed check, before `disposed_at`' },
  disposed_at: { zh: '处置完成', en: 'Disposed' },
  checked_at: { zh: '核查通过', en: '核查 passed' },
  closed_at: { zh: '结案', en: 'Closed' },
  declined_at: { zh: '不予立案', en: 'Declined' },
  voided_at: { zh: '作废', en: 'Voided' },
  self_disposed_at: { zh: '自行处置', en: 'Disposed on the spot' },
  reason: { zh: '不予立案、回退或作废的理由代码', en: 'Code of the reason of declining, returning or voiding' },
  reporter: { zh: '上报人账号；空为公众', en: 'Account of who reported; empty for the public' },
  operator: { zh: '受理、立案、结案人账号', en: 'Account of who accepted, established and closed' },
  dispatcher: { zh: '派遣人账号', en: 'Account of who dispatched' },
  handler: { zh: '处置人账号', en: 'Account of who disposed' },
  collector: { zh: '核实、核查人账号', en: 'Account of who verified and checked' },
  note: { zh: '处置说明', en: 'What the unit said when it had disposed' },
  rating: { zh: '评价 1 至 5', en: 'Rating, 1 to 5' },
  photos: { zh: '上报照片的 SHA-256，空格分隔，须已入库', en: 'SHA-256 of the photos of the report, which are in the store already; with spaces between' },
  disposed_photos: { zh: '处置后照片，同上', en: 'The same, of the photos after the disposal' },
} as const satisfies Record<string, Words>

export type HistoryColumn = keyof typeof HISTORY_COLUMN_WORDS
export const HISTORY_COLUMNS = Object.keys(HISTORY_COLUMN_WORDS) as HistoryColumn[]

/** Columns that hold a moment, in the order in which a case passes through them; `due_at` stands apart. */
export const HISTORY_MOMENTS = [
  'reported_at',
  'accepted_at',
  'verified_at',
  'declined_at',
  'self_disposed_at',
  'established_at',
  'returned_at',
  'dispatched_at',
  'first_disposed_at',
  'reworked_at',
  'disposed_at',
  'checked_at',
  'closed_at',
  'voided_at',
] as const satisfies HistoryColumn[]
export type HistoryMoment = (typeof HISTORY_MOMENTS)[number]

export type HistoryRow = Partial<Record<HistoryColumn, string>>
