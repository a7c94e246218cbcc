import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { cache } from '../context.ts'
import type { StoredFile } from '../room.ts'
import type { Variant } from './contract.ts'
import { describePicture, drawCopy, isPicture } from './picture.ts'
import { fileEmpty, fileTooLarge, fileUnknown, noPicture, storeFull, typeRefused } from './problems.ts'
import { typeOf } from './type-of.ts'

export const MAX_BYTES = 20 * 1024 * 1024

export interface FileStore {
  /** Keeps what flows in, under the SHA-256 of its bytes; the same bytes twice are one file. Nothing is left of one that is refused. */
  put(stream: Readable, about: { name: string; maxBytes?: number }): Promise<StoredFile>
  /** What is known of a stored file. */
  describe(sha256: string): Promise<StoredFile | undefined>
  open(sha256: string, variant: Variant): Promise<{ type: string; bytes: number; name: string; stream: Readable }>
  /** Why a file is not as it was stored; undefined if it is. */
  fault(sha256: string): Promise<'missing' | 'changed' | undefined>
  /** Throws away what came before a moment and was never kept: its request was refused, or ended in the middle. */
  sweep(before: Date, kept: (sha256s: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number>
}

/** A store in a folder: `ab/cd/abcd…` for the bytes, `….json` beside them for what is known of them. */
export async function createFileStore(folder: string): Promise<FileStore> {
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true })
  return new FolderStore(folder, incoming)
}

class FolderStore implements FileStore {
  readonly #folder: string
  readonly #incoming: string

  constructor(folder: string, incoming: string) {
    this.#folder = folder
    this.#incoming = incoming
  }

  async put(stream: Readable, { name, maxBytes = MAX_BYTES }: { name: string; maxBytes?: number }): Promise<StoredFile> {
    const path = join(this.#incoming, randomUUID())
    try {
      const { sha256, bytes } = await receive(stream, path, maxBytes)
      const type = await typeOf(path)
      if (!type.taken) throw typeRefused({ type: type.mime })

      const known = await this.describe(sha256)
      if (known && !(await this.fault(sha256))) {
        // It has come anew: not to be swept away before its request is through.
        await utimes(this.#path(sha256), new Date(), new Date())
        return { ...known, name: cleanName(name) }
      }
      const shown = isPicture(type.mime) ? await describePicture(path, type.mime) : { takenAt: null, position: null, print: null }
      const stored: StoredFile = { sha256, name: cleanName(name), type: type.mime, bytes, ...shown }
      await this.#keep(path, stored)
      return stored
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw storeFull()
      throw error
    } finally {
      await rm(path, { force: true })
    }
  }

  async describe(sha256: string): Promise<StoredFile | undefined> {
    const text = await readFile(`${this.#path(sha256)}.json`, 'utf8').catch(missingIsUndefined)
    if (text === undefined) return undefined
    const card = JSON.parse(text) as Omit<StoredFile, 'takenAt'> & { takenAt: string | null }
    return { ...card, takenAt: card.takenAt === null ? null : new Date(card.takenAt) }
  }

  async open(sha256: string, variant: Variant) {
    const card = await this.describe(sha256)
    if (!card) throw fileUnknown()
    if (variant !== 'original' && !isPicture(card.type)) throw noPicture()

    const path = variant === 'original' ? this.#path(sha256) : await this.#copy(sha256, variant)
    const size = await stat(path).catch(missingIsUndefined)
    if (!size) throw fileUnknown()
    const type = variant === 'original' ? card.type : 'image/jpeg'
    return { type, bytes: size.size, name: card.name, stream: createReadStream(path) as Readable }
  }

  async fault(sha256: string): Promise<'missing' | 'changed' | undefined> {
    const hash = createHash('sha256')
    try {
      await pipeline(createReadStream(this.#path(sha256)), hash)
    } catch (error) {
      missingIsUndefined(error)
      return 'missing'
    }
    return hash.digest('hex') === sha256 ? undefined : 'changed'
  }

  async sweep(before: Date, kept: (sha256s: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number> {
    for (const name of await readdir(this.#incoming)) {
      if (await this.#isOlder(join(this.#incoming, name), before)) await rm(join(this.#incoming, name), { force: true })
    }
    let swept = 0
    for (const first of (await readdir(this.#folder)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
      const all = (await readdir(join(this.#folder, first), { recursive: true })).map((path) => basename(path))
      const stored = all.filter((name) => /^[0-9a-f]{64}$/.test(name))
      const known = await kept(stored)
      for (const sha256 of stored) {
        if (known.has(sha256) || !(await this.#isOlder(this.#path(sha256), before))) continue
        for (const end of ['', '.thumb.jpg', '.public.jpg', '.json']) await rm(this.#path(sha256) + end, { force: true })
        swept++
      }
    }
    return swept
  }

  async #isOlder(path: string, before: Date): Promise<boolean> {
    const found = await stat(path).catch(missingIsUndefined)
    return found !== undefined && found.mtime < before
  }

  #path(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }

  /** The card is written first: bytes under their final name are always described. */
  async #keep(path: string, stored: StoredFile): Promise<void> {
    const final = this.#path(stored.sha256)
    await mkdir(dirname(final), { recursive: true })
    const card = `${path}.json`
    const file = await open(card, 'w')
    try {
      await file.writeFile(JSON.stringify(stored))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(card, `${final}.json`)
    await rename(path, final)
    await syncFolder(dirname(final))
  }

  /** Copies are drawn when first asked for and then kept. */
  async #copy(sha256: string, variant: 'thumb' | 'public'): Promise<string> {
    const path = `${this.#path(sha256)}.${variant}.jpg`
    if (await stat(path).catch(missingIsUndefined)) return path
    const drawn = join(this.#incoming, randomUUID())
    try {
      await drawCopy(this.#path(sha256), drawn, variant)
      await rename(drawn, path)
    } finally {
      await rm(drawn, { force: true })
    }
    return path
  }
}

async function receive(stream: Readable, path: string, maxBytes: number): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) return done(fileTooLarge({ megabytes: Math.floor(maxBytes / 1024 / 1024) }))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(stream, measure, createWriteStream(path, { flush: true }))
  if (bytes === 0) throw fileEmpty()
  return { sha256: hash.digest('hex'), bytes }
}

/** A rename lasts through a loss of power only when its folder was written too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function missingIsUndefined(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}

/** The name is shown and offered for download; it is never a path of ours. */
const cleanName = (name: string): string =>
  // oxlint-disable-next-line no-control-regex
  (name.split(/[\\/]/).at(-1) ?? '').replaceAll(/[\u0000-\u001F\u007F"<>|:*?]/g, '').slice(-120) || 'file'

/** The store of this process, as `createCaches` was given it. */
export const filesOf = cache<FileStore>({
  name: 'kernel.files',
  until: [],
  build: async () => {
    throw new Error('this process was started without a store of files')
  },
})
