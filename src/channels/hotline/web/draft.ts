import type { Spot } from '../contract.ts'

/** What the operator has written of the call at hand; kept in this window alone, for it holds what a citizen said. */
export interface Draft {
  readonly call?: string
  readonly description: string
  readonly category?: string | undefined
  readonly categoryName?: string | undefined
  readonly place: string
  readonly position?: readonly [number, number] | undefined
  readonly component?: string | undefined
  readonly name: string
}

export const FRESH: Draft = { description: '', place: '', name: '' }

const KEY = 'chengyun.desk'

export const keptDraft = (): Draft => ({ ...FRESH, ...(JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Draft>) })
export const keepDraft = (draft: Draft): void => sessionStorage.setItem(KEY, JSON.stringify(draft))

export const spotWords = ({ within, name }: Pick<Spot, 'within' | 'name'>, language: 'zh' | 'en'): string => `${within[language]} ${name}`.trim()

const STEP_METRES = 5

/** The pin moved by an arrow, 5 m or with Shift 25 m; undefined for any other key. */
export function nudge(position: readonly [number, number], key: string, far: boolean): readonly [number, number] | undefined {
  const metres = STEP_METRES * (far ? 5 : 1)
  const north = metres / 111_320
  const east = north / Math.cos((position[1] * Math.PI) / 180)
  const [lng, lat] = position
  if (key === 'ArrowUp') return [lng, lat + north]
  if (key === 'ArrowDown') return [lng, lat - north]
  if (key === 'ArrowLeft') return [lng - east, lat]
  return key === 'ArrowRight' ? [lng + east, lat] : undefined
}
