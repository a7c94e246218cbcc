import type { ComponentType } from 'react'
import type { Words } from '../contract.ts'
import type { IconName } from './icon.tsx'

/** One page of a room, as the shell shows it. Its code is loaded when it is first opened. */
export interface Page {
  /** Path within the workbench, such as `/cases/$number`. */
  path: string
  title: Words
  /** Any of these permits opens it; none: everyone who is signed in. */
  permits: readonly string[]
  load: () => Promise<{ default: ComponentType }>
  /** Where it stands in the menu; pages without it are reached from others. */
  menu?: { group: 'work' | 'watch' | 'water' | 'risk' | 'figures' | 'upkeep'; order: number; icon: IconName; key?: string; badge?: ComponentType }
  /** Full bleed: the page fills the window under the header and scrolls within its own parts. */
  full?: boolean
  /** Laid out for a phone as well; other pages keep their width there and are moved sideways. */
  narrow?: boolean
  /** Stands by itself, without header and menu: for a phone. */
  bare?: boolean
}
