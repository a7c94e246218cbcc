// Secrets that the program makes, and what it keeps of them.

import { createHash, randomBytes, randomInt } from 'node:crypto'

/** 256 random bits: cannot be guessed, so a plain digest of it may be stored. */
export const freshToken = (): string => randomBytes(32).toString('base64url')

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

export const digestOfName = (account: string): string => digestOf(account.toLowerCase())

// Without those that look alike on paper.
const LETTERS = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789']

/** A first password to be read out or written down once: four groups of four, all three kinds. */
export function freshPassword(): string {
  const pick = (from: string) => from[randomInt(from.length)]
  const group = () => LETTERS.map(pick).join('') + pick(LETTERS.join(''))
  return Array.from({ length: 4 }, group).join('-')
}
