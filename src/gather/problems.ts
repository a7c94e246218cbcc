import { problem } from '../kernel/index.ts'

export const spanTooLong = problem(422, 'gather.span-too-long', ({ days }: { days: number }) => ({
  zh: `期间需按先后给出，且不超过 ${days} 天`,
  en: `The period must run forward and be at most ${days} days`,
}))
export const tooNarrow = problem(422, 'gather.too-narrow', () => ({
  zh: '统计概览按区、街道和大类给出；更细的范围请用统计立方',
  en: 'The overview goes down to streets and major classes; the cube goes further',
}))
export const axisUnknown = problem(422, 'gather.axis-unknown', ({ axis }: { axis: string }) => ({
  zh: `没有统计维度“${axis}”`,
  en: `There is no axis "${axis}"`,
}))
