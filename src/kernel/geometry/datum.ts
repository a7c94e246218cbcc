// The shifted coordinates of Chinese map providers, as types of their own: they exist only at the edges, where they come in or go out,
// and the compiler refuses them where a position of ours (WGS84, equal to CGCS2000) is wanted.

import loaded from 'gcoord'
import type { Position } from '../contract.ts'

declare const datum: unique symbol

/** 火星坐标: Amap, Tencent. */
export type Gcj02 = readonly [number, number] & { readonly [datum]: 'gcj02' }
/** Baidu. */
export type Bd09 = readonly [number, number] & { readonly [datum]: 'bd09' }

export const gcj02 = (lng: number, lat: number): Gcj02 => [lng, lat] as unknown as Gcj02
export const bd09 = (lng: number, lat: number): Bd09 => [lng, lat] as unknown as Bd09

// The package says `default` in its types, but as CommonJS its whole export is that object.
const { CRSTypes, transform } = loaded as unknown as typeof loaded.default
const move = (at: readonly number[], from: typeof CRSTypes.WGS84 | typeof CRSTypes.GCJ02 | typeof CRSTypes.BD09, to: typeof from) =>
  transform([at[0]!, at[1]!] as [number, number], from, to) as [number, number]

export const fromGcj02 = (at: Gcj02): Position => move(at, CRSTypes.GCJ02, CRSTypes.WGS84)
export const fromBd09 = (at: Bd09): Position => move(at, CRSTypes.BD09, CRSTypes.WGS84)
export const toGcj02 = (at: Position): Gcj02 => move(at, CRSTypes.WGS84, CRSTypes.GCJ02) as unknown as Gcj02
export const toBd09 = (at: Position): Bd09 => move(at, CRSTypes.WGS84, CRSTypes.BD09) as unknown as Bd09
