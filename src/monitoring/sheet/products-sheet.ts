import type { Context, Language, RawReply } from '../../kernel/index.ts'
import { getCityFacts } from '../../atlas/index.ts'
import { listProducts, putProduct } from '../products.ts'
import { demandCity, demandHere } from '../scope.ts'
import type { ProductBody } from '../shapes.ts'
import type { ListBody, ListChecked, ListFormat } from './contract.ts'
import { shown, unsound } from './import-devices.ts'
import { readList, writeList } from './list-file.ts'
import { linesOf, PRODUCT_COLUMNS, readProducts } from './product-list.ts'

export async function exportProducts(ctx: Context, { format = 'xlsx', template = false }: { format?: ListFormat; template?: boolean }, language: Language): Promise<RawReply> {
  await demandHere(ctx, 'monitoring.read')
  const items = template ? [] : (await listProducts(ctx)).items
  const rows = items.flatMap(({ code, ...body }) => linesOf(code, body, language))
  return writeList({ name: 'products', title: { zh: '设备产品', en: 'Products' }, columns: PRODUCT_COLUMNS, rows }, { format, language, zone: (await getCityFacts(ctx)).zone })
}

/** Checks a list of products whole and sets them when it is sound and `apply` is asked. Products and metrics that it does not name stay. */
export async function importProducts(ctx: Context, { apply, ...given }: ListBody): Promise<ListChecked> {
  await demandCity(ctx, 'monitoring.edit')
  const list = await readList(given, PRODUCT_COLUMNS, (await getCityFacts(ctx)).zone)
  const standing = new Map((await listProducts(ctx)).items.map(({ code, zh, en, trade, metrics }): [string, ProductBody] => [code, { zh, en, trade, metrics }]))
  const { products, faults: found } = readProducts(list.rows, standing)
  const faults = [...list.faults, ...found].toSorted((one, other) => one.row - other.row)
  if (apply && faults.length > 0) throw unsound(faults)
  const added = products.filter(({ code }) => !standing.has(code))
  const changed = products.filter(({ code, body }) => standing.has(code) && JSON.stringify(linesOf(code, standing.get(code)!)) !== JSON.stringify(linesOf(code, body)))
  if (apply) for (const { code, body } of [...added, ...changed]) await putProduct(ctx, code, body)
  return { rows: list.rows.length, added: added.length, changed: changed.length, same: products.length - added.length - changed.length, ...shown(faults), applied: apply }
}
