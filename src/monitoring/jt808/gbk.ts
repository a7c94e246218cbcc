// GBK, in which all text of JT/T 808 is written. Node reads it but does not write it, so the table is turned round once.

const reader = new TextDecoder('gbk')

/** Text without the NULs that fill up its field; what is no GBK becomes U+FFFD. */
export function fromGbk(bytes: Buffer): string {
  let from = 0
  let to = bytes.length
  while (from < to && bytes[from] === 0) from++
  while (to > from && bytes[to - 1] === 0) to--
  return from === to ? '' : reader.decode(bytes.subarray(from, to))
}

let codes: Map<string, number> | undefined

function readCodes(): Map<string, number> {
  const found = new Map<string, number>()
  const pair = Buffer.alloc(2)
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const code = (lead << 8) | trail
      pair.writeUInt16BE(code)
      const letter = reader.decode(pair)
      if (letter.length === 1 && letter !== '\ufffd' && !found.has(letter)) found.set(letter, code)
    }
  }
  return found
}

/** Text as GBK; a letter that GBK has not becomes a question mark. */
export function toGbk(text: string): Buffer {
  codes ??= readCodes()
  const bytes: number[] = []
  for (const letter of text) {
    const code = letter.codePointAt(0)!
    const wide = code < 0x80 ? undefined : codes.get(letter)
    if (wide !== undefined) bytes.push(wide >> 8, wide & 0xff)
    else bytes.push(code < 0x80 ? code : 0x3f)
  }
  return Buffer.from(bytes)
}
