// What is wrong with a product beyond its shape. Nothing here reads a database.

import type { Fault } from '../kernel/index.ts'
import type { ProductBody } from './shapes.ts'

export function productFaults({ metrics }: Pick<ProductBody, 'metrics'>): Fault[] {
  const codes = metrics.map(({ code }) => code)
  return metrics.flatMap(({ code, min, max }, i) => [
    ...(codes.indexOf(code) < i ? [{ at: `metrics.${i}.code`, reason: { zh: `指标 ${code} 重复`, en: `the metric ${code} is there twice` } }] : []),
    ...(min < max ? [] : [{ at: `metrics.${i}.min`, reason: { zh: '量程下限应小于上限', en: 'the least must be below the most' } }]),
  ])
}
