import { fileTypeFromFile } from 'file-type'

const TAKEN: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/gif',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'video/mp4',
])

/** What a file is by its content; its name and what its sender says of it are not asked. */
export async function typeOf(path: string): Promise<{ mime: string; taken: boolean }> {
  // A damaged document may end the reader; what cannot be read is of no type that is taken.
  const found = await fileTypeFromFile(path).catch(() => undefined)
  const mime = found?.mime ?? 'unknown'
  return { mime, taken: TAKEN.has(mime) }
}
