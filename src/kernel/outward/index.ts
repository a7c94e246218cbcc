// The door of outward: what the program needs to speak to other systems. Where it may reach, the secrets it keeps for them, its own address.

import { cache } from '../context.ts'
import { createGuard, type Guard } from './guard.ts'
import { createVault, type Vault } from './vault.ts'

export { createGuard, entryFault, HostRefused, isPrivate, type Guard } from './guard.ts'
export { AddressRefused, checkedUrl, postTo, type Posted, type PostedReply } from './post.ts'
export { createVault, type Vault } from './vault.ts'

/** What is set outside of the program and stands beside what an administrator sets in it. */
export interface GivenGateways {
  readonly smsUrl?: string | undefined
  readonly smsToken?: string | undefined
  /** `smtp://name:password@host:port`, or `smtps://`. */
  readonly smtpUrl?: string | undefined
}

export interface Outward {
  readonly vault: Vault
  readonly guard: Guard
  /** Where browsers reach this program: what links in messages begin with. */
  readonly base: string
  readonly gateways: GivenGateways
}

interface OutwardOptions {
  readonly dataFolder: string
  readonly host: string
  readonly port: number
  readonly publicUrl?: string | undefined
  readonly secret?: string | undefined
  readonly outbound?: readonly string[] | undefined
  readonly gateways?: GivenGateways | undefined
}

export const createOutward = ({ dataFolder, host, port, publicUrl, secret, outbound = [], gateways = {} }: OutwardOptions): Outward => ({
  vault: createVault(dataFolder, secret),
  guard: createGuard(outbound),
  base: (publicUrl ?? `http://${host}:${port}`).replace(/\/$/, ''),
  gateways,
})

/** Of this process, as `createCaches` was given it. */
export const outwardOf = cache<Outward>({
  name: 'kernel.outward',
  until: [],
  build: async () => {
    throw new Error('this process was started without a way outward')
  },
})
