import { boxAround, distanceMetres, type Context } from '../kernel/index.ts'
import { stateWords } from './brief.ts'
import type { CaseDetail } from './contract.ts'
import { flowOf } from './flows.ts'
import { sees } from './scope.ts'
import { own, type CaseRow } from './tables.ts'
import { wordsFor } from './words-for.ts'

const METRES = 50
const HOURS = 24
const MOST = 5

type Spot = Pick<CaseRow, 'district' | 'category' | 'lng' | 'lat' | 'reportedAt'> & { readonly number?: string }

/** Cases of the same category within 50 m and 24 h, nearest first: perhaps the same problem. */
export async function findDuplicates(ctx: Context, spot: Spot): Promise<CaseDetail['duplicates']> {
  const { lng, lat } = spot
  if (lng === null || lat === null) return []
  const [west, south, east, north] = boxAround([lng, lat], METRES)
  const rows = await own(ctx)
    .selectFrom('caseFile')
    .selectAll()
    .where('district', '=', spot.district)
    .where('category', '=', spot.category)
    .where('reportedAt', '>=', new Date(+spot.reportedAt - HOURS * 3_600_000))
    .where('reportedAt', '<=', new Date(+spot.reportedAt + HOURS * 3_600_000))
    .where('lng', '>=', west)
    .where('lng', '<=', east)
    .where('lat', '>=', south)
    .where('lat', '<=', north)
    .limit(100)
    .execute()
  const near = rows
    .filter((row) => row.number !== spot.number && sees(ctx, row))
    .map((row) => ({ row, metres: distanceMetres([lng, lat], [row.lng!, row.lat!]) }))
    .filter(({ metres }) => metres <= METRES)
    .sort((a, b) => a.metres - b.metres)
    .slice(0, MOST)
  return Promise.all(
    near.map(async ({ row, metres }) => ({
      number: row.number,
      description: wordsFor(ctx, row)(row.description),
      state: row.state,
      stateWords: stateWords(await flowOf(ctx, row), row.state),
      metres: Math.round(metres * 10) / 10,
      reportedAt: row.reportedAt.toISOString(),
    })),
  )
}
