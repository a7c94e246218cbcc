import { isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { EndpointShape } from '../contract.ts'
import { tooMany } from './problems.ts'
import { RATES, type Rate, type Rates } from './options.ts'

/** One household has a /64 of IPv6, so the rest of the address tells nobody apart. */
export function neighbourhood(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail = ''] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === '' ? [] : tail.split(':')
  const zeros = address.includes('::') ? Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0') : []
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}

/** Counts the requests of this process; several behind a balancer each count their own share. */
export function createLimits(given: Partial<Rates> = {}) {
  const limiters = Object.fromEntries(
    Object.entries({ ...RATES, ...given }).map(([name, { points, seconds }]: [string, Rate]) => [
      name,
      new RateLimiterMemory({ points, duration: seconds }),
    ]),
  ) as Record<keyof Rates, RateLimiterMemory>

  async function take(rate: keyof Rates, key: string): Promise<void> {
    try {
      await limiters[rate].consume(key)
    } catch (left) {
      if (!(left instanceof RateLimiterRes)) throw left
      const seconds = Math.max(1, Math.ceil(left.msBeforeNext / 1000))
      throw tooMany({ seconds }, { headers: { 'retry-after': String(seconds) } })
    }
  }

  return {
    /** Before anything is read: by address. */
    byAddress: async (endpoint: EndpointShape, address: string): Promise<void> => {
      const rate = RATE_OF[endpoint.limit ?? 'none'] ?? (endpoint.permit === 'anyone' ? 'open' : undefined)
      if (rate) await take(rate, neighbourhood(address))
    },
    /** Once it is known whose password is tried. */
    byAccount: async (endpoint: EndpointShape, account: string): Promise<void> => {
      if (endpoint.limit === 'sign-in') await take('signInAccount', account.toLowerCase())
    },
  }
}

const RATE_OF: Record<string, keyof Rates | undefined> = {
  'sign-in': 'signIn',
  'public-write': 'publicWrite',
  'public-read': 'publicRead',
  device: 'device',
}

export type Limits = ReturnType<typeof createLimits>
