import type { Words } from '../../kernel/contract.ts'

/** Steps that the platform takes on cases of an incident, whatever their flow. */
export const INCIDENT_STEPS = {
  joined: { zh: '并入反映', en: 'Joined by other reports' },
  parted: { zh: '移出反映', en: 'Reports taken out' },
  'root-ended': { zh: '主案已办结', en: 'The case it was merged into has ended' },
} as const satisfies Record<string, Words>
