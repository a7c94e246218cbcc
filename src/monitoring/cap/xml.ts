// Elements of XML 1.0 as text.

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
// oxlint-disable-next-line no-control-regex
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** What stands for itself is escaped; what XML cannot hold at all is left out. */
export const escape = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNFIT, '')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign]!)

/** An element with text in it. */
export const leaf = (name: string, text: string | number, attributes = ''): string => `<${name}${attributes}>${escape(String(text))}</${name}>`

export const document = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n${body}\n`
