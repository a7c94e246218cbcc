import { polygonIndex } from '../src/kernel/geometry/index.ts'
import { round, seeded, type Finding } from './measure.ts'

const COLUMNS = 210
const ROWS = 150

/** Which of 31,500 unit grids holds a point, in process. The grid's corners are shaken so that no border is a straight line of the whole city. */
export function measureCells(): Finding {
  const random = seeded(31_500)
  const corner = Array.from({ length: (COLUMNS + 1) * (ROWS + 1) }, (_, i): [number, number] => [
    116 + ((i % (COLUMNS + 1)) + (random() - 0.5) * 0.4) * 0.00117,
    39 + (Math.floor(i / (COLUMNS + 1)) + (random() - 0.5) * 0.4) * 0.0009,
  ])
  const cells = Array.from({ length: COLUMNS * ROWS }, (_, i) => {
    const at = (i % COLUMNS) + Math.floor(i / COLUMNS) * (COLUMNS + 1)
    return [corner[at]!, corner[at + 1]!, corner[at + COLUMNS + 2]!, corner[at + COLUMNS + 1]!, corner[at]!]
  })
  const index = polygonIndex(cells, (ring) => ({ type: 'Polygon', coordinates: [ring] }))

  const points = 1_000_000
  let found = 0
  const startedAt = performance.now()
  for (let i = 0; i < points; i++) {
    if (index.find(116.001 + random() * 0.243, 39.001 + random() * 0.132)) found++
  }
  const perSecond = points / ((performance.now() - startedAt) / 1000)
  return {
    what: 'cell of a point, 31,500 cells',
    goal: '> 200,000/s',
    figure: `${Math.round(perSecond).toLocaleString('en')}/s`,
    met: perSecond > 200_000,
    detail: { perSecond: Math.round(perSecond), foundShare: round(found / points, 4) },
  }
}
