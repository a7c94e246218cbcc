import type { GivenGateways } from './outward/index.ts'

/** What a kernel is told at its start. */
export interface KernelOptions {
  readonly host: string
  /** 0 for any free one. */
  readonly port: number
  readonly dataFolder: string
  /** A served PostgreSQL; without it the embedded one. */
  readonly databaseUrl?: string | undefined
  readonly connections: number
  /** Sharded tables as partitioned ones, for tests. */
  readonly shadow: boolean
  /** What the services of rooms are told: ports, addresses of brokers. */
  readonly services?: Readonly<Record<string, string | number | undefined>> | undefined
  /** Idle time after which a session ends. */
  readonly idleMinutes: number
  /** Under what the program enciphers the secrets that it keeps; none: a key in the data folder. */
  readonly secret?: string | undefined
  /** The hosts that it may send to; none named: every public one. */
  readonly outbound?: readonly string[] | undefined
  readonly gateways?: GivenGateways | undefined
  /** Where browsers reach this server, if not by its own host and port. */
  readonly publicUrl?: string | undefined
  /** Whether a proxy of ours sets X-Forwarded-For. */
  readonly trustProxy: boolean
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  /** Built pages of the web; none: only the interfaces are served. */
  readonly webFolder?: string | undefined
  /** For the operator's verbs: use the database of a server that already runs on the folder. */
  readonly join?: boolean
  /** Another clock, for replays and drills. */
  readonly clock?: () => Date
  /** Settings of the embedded PostgreSQL; tests switch `fsync` off. */
  readonly databaseSettings?: Readonly<Record<string, string>>
  /** Where lines for people go. */
  readonly say: (line: string) => void
}
