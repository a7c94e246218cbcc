import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto'
import { promisify } from 'node:util'

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const MEMORY = 19_456
const PASSES = 2
const LANES = 1

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2)

const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** The password as it is stored: argon2id in the usual text form, which carries its own parameters. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive('argon2id', parameters(password, salt, MEMORY, PASSES, LANES, 32))
  return `$argon2id$v=19$m=${MEMORY},t=${PASSES},p=${LANES}$${bare(salt)}$${bare(tag)}`
}

const parameters = (password: string, nonce: Buffer, memory: number, passes: number, parallelism: number, tagLength: number) => ({
  // The same word typed on two systems may differ in how its accents are composed.
  message: password.normalize('NFKC'),
  nonce,
  memory,
  passes,
  parallelism,
  tagLength,
})

const FORM = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/** Whether `password` is the one that was stored. Without one it takes as long and says no, so that time betrays no account. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, memory, passes, lanes, salt, tag] = (stored ?? STAND_IN).match(FORM) ?? []
  if (!memory || !passes || !lanes || !salt || !tag) throw new Error('a stored password is not in the form of argon2id')
  const wanted = Buffer.from(tag, 'base64')
  const given = parameters(password, Buffer.from(salt, 'base64'), Number(memory), Number(passes), Number(lanes), wanted.length)
  return timingSafeEqual(await derive('argon2id', given), wanted) && stored !== null
}

const STAND_IN = `$argon2id$v=19$m=${MEMORY},t=${PASSES},p=${LANES}$${bare(Buffer.alloc(16))}$${bare(Buffer.alloc(32))}`
