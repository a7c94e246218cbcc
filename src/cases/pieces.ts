// How a question over many cases is cut into pieces, each of which an index answers in order.

import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../kernel/index.ts'
import { findUnits } from '../registry/index.ts'
import { all, within, type Reach } from './scope.ts'

/** One home district, and where that leaves few enough pieces, one unit. */
export interface Piece {
  readonly district: string
  readonly unit?: string
}

const MOST = 40

/** The pieces of a reach; by unit where the question is about the subtree of `unit`, or the caller sees no other. */
export async function piecesOf(ctx: Context, { districts, scopes }: Reach, unit = ''): Promise<Piece[]> {
  const prefix = unit || (scopes.length === 1 ? scopes[0]!.unit : '')
  const paths = prefix === '' ? [] : (await findUnits(ctx)).map(({ path }) => path).filter((path) => path.startsWith(prefix))
  if (paths.length === 0 || paths.length * districts.length > MOST) return districts.map((district) => ({ district }))
  return districts.flatMap((district) => paths.map((path) => ({ district, unit: path })))
}

/** The cases `c` of a piece that lie within the scopes. */
export const inPiece = ({ district, unit }: Piece, { scopes }: Reach): RawBuilder<boolean> =>
  all([
    sql<boolean>`c.district = ${district}`,
    ...(unit === undefined ? [] : [sql<boolean>`c.unit_path = ${unit}`]),
    within(scopes, district),
  ])
