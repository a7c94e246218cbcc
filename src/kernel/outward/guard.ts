// Where the program may send things to. An address that someone types into a page must not lead it to the machines behind it (SSRF).

import { lookup as resolve } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** The host may not be reached from here: a matter of the settings, and not of the line. */
export class HostRefused extends Error {
  constructor(host: string) {
    super(`${host} is not among the hosts that may be reached (CHENGYUN_OUTBOUND)`)
    this.name = 'HostRefused'
  }
}

export interface Guard {
  /** Whether hosts are named; otherwise every public one may be reached. */
  readonly limited: boolean
  /** Whether `host` may be asked for at all; one whose address is only known later is judged again then. */
  mayName(host: string): boolean
  mayReach(host: string, address: string): boolean
  /** Resolves a name and gives no address that may not be reached, so that a name cannot change between a check and its use. */
  readonly lookup: LookupFunction
}

const PRIVATE: readonly (readonly [address: string, bits: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

const notPublic = new BlockList()
for (const [address, bits, family] of PRIVATE) notPublic.addSubnet(address, bits, family)

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Without the brackets of a URL and the dot of a root; `::ffff:10.0.0.1` as the address that it stands for. */
function plain(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase()
  const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]+):([\da-f]+))$/.exec(bare)
  if (!mapped) return bare
  if (mapped[1]) return mapped[1]
  const [high, low] = [parseInt(mapped[2]!, 16), parseInt(mapped[3]!, 16)]
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

export const isPrivate = (address: string): boolean => notPublic.check(plain(address), familyOf(plain(address)))

/** What is wrong with one entry of the list; undefined where it is a host, `*.domain`, an address or `address/bits`. */
export function entryFault(entry: string): string | undefined {
  const [address = '', bits] = entry.split('/')
  if (bits !== undefined) {
    const most = isIP(address) === 6 ? 128 : 32
    return isIP(address) && /^\d+$/.test(bits) && Number(bits) <= most ? undefined : `${entry} is no network such as 10.0.0.0/8`
  }
  if (isIP(plain(entry))) return undefined
  return /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(entry) ? undefined : `${entry} is no name of a host`
}

/** `allowed` empty: every public address. Otherwise those named, public or not, and no others. */
export function createGuard(allowed: readonly string[]): Guard {
  const names = new Set<string>()
  const ends: string[] = []
  const networks = new BlockList()
  for (const entry of allowed.map((each) => each.toLowerCase())) {
    const [address = '', bits] = entry.split('/')
    if (bits !== undefined) networks.addSubnet(address, Number(bits), familyOf(address))
    else if (isIP(plain(entry))) networks.addAddress(plain(entry), familyOf(plain(entry)))
    else if (entry.startsWith('*.')) ends.push(entry.slice(1))
    else names.add(entry)
  }
  const named = (host: string) => names.has(host) || ends.some((end) => host.endsWith(end))
  const within = (address: string) => networks.check(address, familyOf(address))

  const mayReach = (host: string, address: string): boolean => {
    if (allowed.length === 0) return !isPrivate(address)
    return named(plain(host)) || within(plain(address))
  }
  return {
    limited: allowed.length > 0,
    mayReach,
    mayName(host) {
      const asked = plain(host)
      if (isIP(asked)) return mayReach(asked, asked)
      if (allowed.length === 0) return asked !== 'localhost' && !asked.endsWith('.localhost')
      return named(asked) || allowed.some((entry) => entry.includes('/') || isIP(plain(entry)) > 0)
    },
    lookup(host, options, give) {
      resolve(host, { ...options, all: true }, (error, found) => {
        if (error) return void give(error, '', 4)
        const fit = found.filter(({ address }) => mayReach(host, address))
        if (fit.length === 0) return void give(new HostRefused(host), '', 4)
        if (options.all) give(null, fit)
        else give(null, fit[0]!.address, fit[0]!.family)
      })
    },
  }
}
