// Lists of products and devices, out to a spreadsheet and back.

import { endpoint, Type, type Static, type Words } from '../../kernel/contract.ts'
import { DEVICE_STATES } from '../shapes.ts'
import { TRADE_CODES } from '../trades.ts'

export const STATE_NAMES: Readonly<Record<(typeof DEVICE_STATES)[number], Words>> = {
  in_service: { zh: '在用', en: 'In service' },
  stopped: { zh: '停用', en: 'Stopped' },
  retired: { zh: '报废', en: 'Retired' },
}

const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const LIST_AT_MOST = 15_000_000

export const LIST_FORMATS = ['xlsx', 'csv'] as const
export type ListFormat = (typeof LIST_FORMATS)[number]

const format = Type.Optional(Type.Enum([...LIST_FORMATS], { default: 'xlsx' }))
const template = Type.Optional(Type.Boolean({ description: 'Only the head, to be filled in' }))

export const FaultShown = Type.Object({
  /** As the sheet or the editor counts, from 1; the head is 1. */
  row: Type.Integer(),
  column: WordsBody,
  reason: WordsBody,
  /** What to do about it. */
  remedy: WordsBody,
})
export type FaultShown = Static<typeof FaultShown>

export const ListChecked = Type.Object({
  rows: Type.Integer(),
  added: Type.Integer(),
  changed: Type.Integer(),
  same: Type.Integer(),
  faults: Type.Array(FaultShown),
  /** Faults beyond those that are named. */
  more: Type.Integer(),
  applied: Type.Boolean(),
})
export type ListChecked = Static<typeof ListChecked>

export const ListBody = Type.Object({
  /** CSV. */
  text: Type.Optional(Type.String({ maxLength: LIST_AT_MOST })),
  /** Or an Excel sheet (.xlsx) as base64. */
  sheet: Type.Optional(Type.String({ maxLength: LIST_AT_MOST })),
  /** False: only say what would change. */
  apply: Type.Boolean(),
})
export type ListBody = Static<typeof ListBody>

const mostBytes = 16 * 1024 * 1024

export const DevicesSheetQuery = Type.Object({
  words: Type.Optional(Type.String({ maxLength: 60 })),
  product: Type.Optional(Type.String({ maxLength: 64 })),
  trade: Type.Optional(Type.Enum([...TRADE_CODES])),
  state: Type.Optional(Type.Enum([...DEVICE_STATES])),
  district: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
  format,
  template,
})
export type DevicesSheetQuery = Static<typeof DevicesSheetQuery>

export const getDevicesSheet = endpoint({
  method: 'GET',
  path: '/api/devices/sheet',
  permit: 'monitoring.read',
  gives: 'raw',
  summary: { zh: '导出设备（Excel 或 CSV）', en: 'Devices as an Excel sheet or as CSV' },
  query: DevicesSheetQuery,
})

export const postDevicesSheet = endpoint({
  method: 'POST',
  path: '/api/devices/sheet',
  permit: 'monitoring.edit',
  mostBytes,
  summary: { zh: '导入设备：先整体检查，无误才写入', en: 'Import devices: checked whole before any is written' },
  body: ListBody,
  reply: ListChecked,
})

export const getProductsSheet = endpoint({
  method: 'GET',
  path: '/api/products/sheet',
  permit: 'monitoring.read',
  gives: 'raw',
  summary: { zh: '导出设备产品（Excel 或 CSV），每个指标一行', en: 'Products as an Excel sheet or as CSV, a row for each metric' },
  query: Type.Object({ format, template }),
})

export const postProductsSheet = endpoint({
  method: 'POST',
  path: '/api/products/sheet',
  permit: 'monitoring.edit',
  mostBytes,
  summary: { zh: '导入设备产品：先整体检查，无误才写入', en: 'Import products: checked whole before any is written' },
  body: ListBody,
  reply: ListChecked,
})
