// A GeoReport answer as JSON and as XML. The standard maps one to the other by the Spark convention: an element that only repeats
// another is a list, and the outermost one has no name in JSON. Pure.

export type Format = 'json' | 'xml'

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value }

/** The element that each list repeats. */
const ITEMS: Readonly<Record<string, string>> = {
  services: 'service',
  service_requests: 'request',
  attributes: 'attribute',
  values: 'value',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
}

export const TYPES: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  xml: 'text/xml; charset=utf-8',
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

// oxlint-disable-next-line no-control-regex
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** Text fit for XML 1.0: what stands for itself is escaped, what XML cannot hold at all is left out. */
const escape = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNFIT, '')
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)

function element(name: string, value: Value): string {
  if (value === null || value === '') return `<${name}/>`
  if (Array.isArray(value)) {
    const item = ITEMS[name] ?? 'item'
    return value.length === 0 ? `<${name}/>` : `<${name}>${value.map((each: Value) => element(item, each)).join('')}</${name}>`
  }
  if (typeof value === 'object') {
    return `<${name}>${Object.entries(value)
      .map(([inner, each]) => element(inner, each as Value))
      .join('')}</${name}>`
  }
  return `<${name}>${escape(String(value))}</${name}>`
}

/** The body of an answer whose outermost element is `root`. */
export const writeDocument = (format: Format, root: string, value: Value): string =>
  format === 'json' ? JSON.stringify(value) : `<?xml version="1.0" encoding="utf-8"?>\n${element(root, value)}`

/** Splits `123.json` into name and format. Without an ending it is what the caller prefers, else XML, which every server must speak. */
export function formatOf(name: string, accept: string | undefined): { name: string; format: Format } {
  const ending = /\.(json|xml)$/.exec(name)
  if (ending) return { name: name.slice(0, -ending[0].length), format: ending[1] as Format }
  return { name, format: /\bjson\b/.test(accept ?? '') ? 'json' : 'xml' }
}
