// Whether an error says that the database cannot be reached now, so that the caller may come again.

const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])
// Shutting down, crash of another backend, starting up, too many connections, cannot open a file because the disk is gone.
const STATES = new Set(['57P01', '57P02', '57P03', '53300', '25006'])
const SENTENCES = /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable/i

export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, syscall } = error as Error & { code?: string; syscall?: string }
  if (code !== undefined && STATES.has(code)) return true
  if (code !== undefined && /^08...$/.test(code)) return true
  if (code !== undefined && SYSTEM.has(code)) return code !== 'ENOENT' || syscall === 'connect'
  return SENTENCES.test(error.message)
}

// The database's, and that of a file of our own.
const FULL = new Set(['53100', 'ENOSPC'])

export const isDiskFull = (error: unknown): boolean => error instanceof Error && FULL.has((error as { code?: string }).code ?? '')

// Serialization failure, deadlock: the transaction was undone and may be tried again as a whole.
const AGAIN = new Set(['40001', '40P01'])

export const isWorthAgain = (error: unknown): boolean => error instanceof Error && AGAIN.has((error as { code?: string }).code ?? '')
