import { answer, serve } from '../../kernel/index.ts'
import { getDevicesSheet, getProductsSheet, postDevicesSheet, postProductsSheet } from './contract.ts'
import { exportDevices } from './export-devices.ts'
import { importDevices } from './import-devices.ts'
import { exportProducts, importProducts } from './products-sheet.ts'

export const sheetRoutes = [
  serve(getDevicesSheet, (ctx, { query, language }) => exportDevices(ctx, query, language)),
  answer(postDevicesSheet, (ctx, { body }) => importDevices(ctx, body)),
  serve(getProductsSheet, (ctx, { query, language }) => exportProducts(ctx, query, language)),
  answer(postProductsSheet, (ctx, { body }) => importProducts(ctx, body)),
]
