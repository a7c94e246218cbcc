import { event } from '../../kernel/index.ts'

/** A storm was seen, has grown, or was settled. */
export interface StormChanged {
  storm: string
  district: string
  state: string
  reports: number
}

export const stormChanged = event<StormChanged>('cases.storm-changed')
