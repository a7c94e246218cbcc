import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits: cannot be guessed, so a plain digest of it may be stored. */
export const freshKey = (): string => `dk_${randomBytes(32).toString('base64url')}`

export const digestOf = (key: string): string => createHash('sha256').update(key).digest('base64url')

export const fits = (key: string, digest: string | null): boolean => digest !== null && timingSafeEqual(Buffer.from(digestOf(key)), Buffer.from(digest))
