// The six figures of the overview. Pure.

import type { Figure, FigureKey } from './contract.ts'
import { rate } from './rates.ts'
import type { Sums } from './tallies.ts'

const POINTS = 12

interface Shape {
  readonly key: FigureKey
  readonly unit: Figure['unit']
  readonly better: Figure['better']
  readonly part: (sums: Sums) => number
  readonly whole?: (sums: Sums) => number
}

const due = (sums: Sums) => sums.due

const SHAPES: readonly Shape[] = [
  { key: 'reported', unit: 'case', better: null, part: (sums) => sums.reported },
  { key: 'established', unit: 'case', better: null, part: (sums) => sums.established },
  { key: 'closing', unit: 'rate', better: 'up', part: (sums) => sums.dueClosed, whole: due },
  { key: 'in-time', unit: 'rate', better: 'up', part: (sums) => sums.dueClosedInTime, whole: due },
  { key: 'rework', unit: 'rate', better: 'down', part: (sums) => sums.dueReworked, whole: due },
  { key: 'disposal', unit: 'hour', better: 'down', part: (sums) => sums.disposalSeconds / 3600, whole: (sums) => sums.disposed },
]

export const figuresOf = (sums: Sums, before: Sums, line: readonly Sums[]): Figure[] =>
  SHAPES.map((shape) => ({
    key: shape.key,
    unit: shape.unit,
    better: shape.better,
    value: valueOf(shape, sums),
    numerator: shape.part(sums),
    denominator: shape.whole?.(sums) ?? null,
    excused: shape.key === 'in-time' ? sums.excused : 0,
    before: valueOf(shape, before),
    line: line.slice(-POINTS).map((point) => valueOf(shape, point)),
  }))

const valueOf = ({ part, whole }: Shape, sums: Sums): number | null => (whole ? rate(part(sums), whole(sums)) : part(sums))
