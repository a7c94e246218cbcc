import type { Readable } from 'node:stream'
import type { RawReply } from '../room.ts'

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A sheet to be saved under `name`, whatever letters that has. */
export const sheetReply = (name: string, body: Readable): RawReply => ({
  type: XLSX,
  body,
  headers: {
    'content-disposition': `attachment; filename="export.xlsx"; filename*=UTF-8''${encodeURIComponent(`${name}.xlsx`)}`,
    'cache-control': 'no-store',
  },
})
