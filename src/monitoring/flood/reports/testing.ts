// The text of documents, read back from their bytes.

import { text } from 'node:stream/consumers'
import { inflateSync } from 'node:zlib'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'

async function partsOf(file: Buffer): Promise<Map<string, string>> {
  const zip = await new Promise<ZipFile>((done, fail) => fromBuffer(file, { lazyEntries: true }, (error, opened) => (error ? fail(error) : done(opened))))
  const parts = new Map<string, string>()
  await new Promise<void>((done, fail) => {
    zip.on('entry', (entry: Entry) =>
      zip.openReadStream(entry, (error, stream) => {
        if (error) return fail(error)
        void text(stream).then((said) => {
          parts.set(entry.fileName, said)
          zip.readEntry()
        })
      }),
    )
    zip.on('end', done)
    zip.on('error', fail)
    zip.readEntry()
  })
  return parts
}

/** The words of a Word document, and where it leads to. */
export async function textOfDocx(file: Buffer): Promise<string> {
  const parts = await partsOf(file)
  const plain = (parts.get('word/document.xml') ?? '').replaceAll('</w:p>', '\n').replaceAll(/<[^>]+>/g, '')
  const targets = [...(parts.get('word/_rels/document.xml.rels') ?? '').matchAll(/Target="([^"]+)"/g)].map(([, target]) => target!)
  return [plain, ...targets].join('\n').replaceAll('&amp;', '&')
}

/** The words of a PDF that this program wrote, by what its fonts say their letters mean, and where it leads to. */
export function textOfPdf(file: Buffer): string {
  const objects = new Map([...file.toString('latin1').matchAll(/(?:^|\n)(\d+) 0 obj\n([^]*?)\nendobj/g)].map(([, id, body]) => [id!, body!]))
  const streamOf = (body: string): string => {
    // By its length: its last byte may well be a line's end.
    const start = /stream\r?\n/.exec(body)
    const [, length] = /\/Length (\d+)/.exec(body) ?? []
    if (!start || length === undefined) return ''
    const data = body.slice(start.index + start[0].length).slice(0, Number(length))
    return body.includes('/FlateDecode') ? inflateSync(Buffer.from(data, 'latin1')).toString('latin1') : data
  }
  const fonts = new Map<string, string[]>()
  for (const [, name, id] of [...objects.values()].flatMap((body) => [...body.matchAll(/\/(F\d+) (\d+) 0 R/g)])) {
    const [, map] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id!) ?? '') ?? []
    if (map !== undefined) fonts.set(name!, [...streamOf(objects.get(map)!).matchAll(/\[([^\]]*)\]/g)].flatMap(([, list]) => [...list!.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex]) => lettersOf(hex!.replaceAll(' ', '')))))
  }
  const said = [...objects.values()].map(streamOf).flatMap((stream) => {
    let letters: string[] = []
    return [...stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)].flatMap(([, font, shown]) => {
      if (font !== undefined) letters = fonts.get(font) ?? []
      return shown === undefined ? [] : [...shown.matchAll(/<([0-9a-f]*)>/gi)].map(([, hex]) => (hex!.match(/.{4}/g) ?? []).map((code) => letters[Number.parseInt(code, 16)] ?? '?').join(''))
    })
  })
  const targets = [...objects.values()].flatMap((body) => [...body.matchAll(/\/URI \(([^)]*)\)/g)].map(([, target]) => target!))
  return [...said, ...targets].join('\n')
}

const lettersOf = (hex: string): string => (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')
