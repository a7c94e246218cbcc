// 道路等级 (CJJ 37): the classes of roads, and which words of OpenStreetMap they are. Pure.

import type { Words } from '../kernel/contract.ts'

export const ROAD_CLASSES = ['expressway', 'arterial', 'secondary', 'branch'] as const
export type RoadClass = (typeof ROAD_CLASSES)[number]

export const ROAD_NAMES: Readonly<Record<RoadClass, Words>> = {
  expressway: { zh: '快速路', en: 'Expressway' },
  arterial: { zh: '主干路', en: 'Arterial road' },
  secondary: { zh: '次干路', en: 'Secondary road' },
  branch: { zh: '支路', en: 'Branch road' },
}

const CLASS_OF: Readonly<Record<string, RoadClass>> = {
  motorway: 'expressway',
  trunk: 'expressway',
  primary: 'arterial',
  secondary: 'secondary',
  tertiary: 'branch',
  residential: 'branch',
  unclassified: 'branch',
  living_street: 'branch',
}

/** The class of a road by its kind on the base map; undefined for footpaths, yards and the like. */
export const roadClassOf = (kind: string | null): RoadClass | undefined => CLASS_OF[(kind ?? '').replace(/_link$/, '')]
