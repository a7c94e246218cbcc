import type { Kernel } from '../kernel.ts'

/** What the server needs of the kernel that runs it. */
export type HttpHost = Pick<Kernel, 'config' | 'url' | 'db' | 'pool' | 'rooms' | 'caches' | 'files' | 'clock' | 'transact' | 'read'>
