// Where an order lies: by its position in the datum that was declared, or by an address that the city knows.

import { findPlaces, locate } from '../../../atlas/index.ts'
import { bd09, fromBd09, fromGcj02, gcj02, type Context, type Position } from '../../../kernel/index.ts'
import { orderOutside, placeNeeded } from '../problems.ts'
import type { Datum, OrderBody } from './contract.ts'

/** Positions of map providers are brought back to WGS84 here and exist nowhere else. */
export function toWgs84([lng, lat]: readonly [number, number], datum: Datum): Position {
  if (datum === 'gcj02') return fromGcj02(gcj02(lng, lat))
  return datum === 'bd09' ? fromBd09(bd09(lng, lat)) : [lng, lat]
}

export async function placeOfOrder(ctx: Context, { position, datum, address }: OrderBody, usual: Datum): Promise<Position> {
  const at = position ? toWgs84(position, datum ?? usual) : await byAddress(ctx, address)
  if (!at) throw placeNeeded()
  if (!(await locate(ctx, at))) throw orderOutside()
  return at
}

/** Only where one place fits, or the first is named just so: an order must not go to the wrong end of the city. */
async function byAddress(ctx: Context, address: string | undefined): Promise<Position | undefined> {
  const asked = address?.trim()
  if (!asked) return undefined
  const found = await findPlaces(ctx, asked, 2)
  const [first, second] = found
  if (!first) return undefined
  const plain = (text: string) => text.replace(/\s/g, '')
  return !second || plain(asked).endsWith(plain(first.name)) ? first.position : undefined
}
