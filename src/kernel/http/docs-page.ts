// The description of the interface for people: one page, no scripts, nothing from elsewhere.

import type { EndpointShape, Language, TSchema, Words } from '../contract.ts'
import { declaredProblems, type DeclaredProblem } from '../problem.ts'
import type { Room } from '../room.ts'
import { plain } from './openapi.ts'

type Json = Record<string, unknown>

const SAYS = {
  title: { zh: '城运 接口说明', en: 'Chengyun interface' },
  callers: {
    zh: '会话凭 Cookie，机器凭 <code>Authorization: Bearer cy_…</code>。',
    en: 'People have a session cookie, machines <code>Authorization: Bearer cy_…</code>.',
  },
  writes: {
    zh: '写请求须带 <code>Idempotency-Key</code>：同键同文得同一答复。列表以 <code>cursor</code> 翻页。',
    en: 'A write takes an <code>Idempotency-Key</code>: the same key and body get the same answer. Lists page by <code>cursor</code>.',
  },
  errors: {
    zh: '错误为 <code>application/problem+json</code>，<code>code</code> 永不改变。',
    en: 'Errors are <code>application/problem+json</code>; a <code>code</code> never changes.',
  },
  machine: { zh: '机器可读：', en: 'For machines: ' },
  problems: { zh: '错误码', en: 'Problem codes' },
  anyone: { zh: '任何人', en: 'anyone' },
  'signed-in': { zh: '已登录', en: 'signed in' },
  path: { zh: '路径', en: 'path' },
  query: { zh: '查询', en: 'query' },
  body: { zh: '正文', en: 'body' },
  reply: { zh: '答复', en: 'reply' },
  files: { zh: '表单与文件', en: 'form and files' },
  text: { zh: 'JSON 或纯文本', en: 'JSON or plain text' },
  form: { zh: '表单', en: 'form' },
  raw: { zh: '非 JSON', en: 'not JSON' },
  repeatable: { zh: '可重复', en: 'repeatable' },
  limited: { zh: '限频', en: 'rate-limited' },
} satisfies Record<string, Words>

const safe = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export function docsPage(rooms: readonly Room[], language: Language): string {
  const say = (word: keyof typeof SAYS) => SAYS[word][language]
  const shown = rooms.filter(({ routes }) => routes?.length)
  const other = language === 'zh' ? '<a href="?lang=en">English</a>' : '<a href="?lang=zh">中文</a>'
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say('title')}</title><style>${STYLE}</style></head>
<body>
<nav aria-label="${say('title')}"><p>${other}</p><ul>
${shown.map(({ name, title }) => `<li><a href="#${safe(name)}">${safe(title[language])}</a></li>`).join('\n')}
<li><a href="#problems">${say('problems')}</a></li></ul></nav>
<main><h1>${say('title')}</h1><p>${say('callers')} ${say('writes')} ${say('errors')}</p>
<p>${say('machine')}<a href="/api/openapi.json">OpenAPI 3.1</a></p>
${shown.map((room) => roomPart(room, language, say)).join('\n')}
${problemPart(declaredProblems(), language, say('problems'))}
</main></body></html>
`
}

type Say = (word: keyof typeof SAYS) => string

const roomPart = (
  { name, title, routes }: Room,
  language: Language,
  say: Say,
) => `<section id="${safe(name)}"><h2>${safe(title[language])}</h2>
${routes!.map(({ endpoint }) => endpointPart(endpoint, language, say)).join('\n')}</section>`

function endpointPart(endpoint: EndpointShape, language: Language, say: Say): string {
  const { method, path, permit, summary, params, query, body, reply, takes = 'json', gives = 'json', limit, repeatable } = endpoint
  const entry = permit === 'anyone' || permit === 'signed-in' ? say(permit as 'anyone' | 'signed-in') : `<code>${safe(permit)}</code>`
  const notes = [
    entry,
    takes !== 'json' && say(takes),
    gives === 'raw' && say('raw'),
    limit && say('limited'),
    method !== 'GET' && repeatable && say('repeatable'),
  ].filter((note) => typeof note === 'string')
  const parts = (
    [
      ['path', params],
      ['query', query],
      ['body', body],
      ['reply', reply],
    ] as const
  ).filter(([, schema]) => schema)
  return `<details id="${safe(`${method} ${path}`)}"><summary><b>${method}</b> <code>${safe(path)}</code>
<span>${safe(summary[language])}</span> <small>${notes.join(' · ')}</small></summary>
${parts.map(([part, schema]) => `<h3>${say(part)}</h3><pre>${safe(shapeOf(plain(schema as TSchema), ''))}</pre>`).join('\n')}</details>`
}

/** A schema in the manner of a type: shorter to read than JSON Schema, and complete but for the exact patterns. */
function shapeOf(schema: Json, indent: string): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (Array.isArray(schema.anyOf)) return schema.anyOf.map((each: Json) => shapeOf(each, indent)).join(' | ')
  if (Array.isArray(schema.prefixItems)) return `[${schema.prefixItems.map((each: Json) => shapeOf(each, indent)).join(', ')}]`
  if (schema.type === 'array') return `${wrapped(shapeOf((schema.items ?? {}) as Json, indent))}[]${bounds(schema, 'minItems', 'maxItems')}`
  if (schema.type === 'object') return objectOf(schema, indent)
  const type = String(schema.type ?? 'any')
  const format = schema.format ? ` ${String(schema.format)}` : ''
  return type + format + bounds(schema, 'minLength', 'maxLength') + bounds(schema, 'minimum', 'maximum')
}

const wrapped = (shape: string) => (shape.includes(' | ') ? `(${shape})` : shape)

function bounds(schema: Json, low: string, high: string): string {
  const [min, max] = [schema[low], schema[high]]
  return min === undefined && max === undefined ? '' : ` (${String(min ?? '')}…${String(max ?? '')})`
}

function objectOf({ properties, patternProperties, required }: Json, indent: string): string {
  const inner = `${indent}  `
  const needed = new Set(required as string[] | undefined)
  const lines = Object.entries((properties ?? {}) as Record<string, Json>).map(([name, shape]) => {
    const means = typeof shape.description === 'string' ? `  — ${shape.description}` : ''
    const standard = shape.default === undefined ? '' : ` = ${JSON.stringify(shape.default)}`
    return `${inner}${name}${needed.has(name) && shape.default === undefined ? '' : '?'}: ${shapeOf(shape, inner)}${standard}${means}`
  })
  for (const shape of Object.values((patternProperties ?? {}) as Record<string, Json>))
    lines.push(`${inner}[name]: ${shapeOf(shape, inner)}`)
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`
}

const problemPart = (
  problems: readonly DeclaredProblem[],
  language: Language,
  title: string,
) => `<section id="problems"><h2>${title}</h2><table>
${problems.map((each) => problemRow(each, language)).join('\n')}
</table></section>`

const problemRow = (each: DeclaredProblem, language: Language) =>
  `<tr id="problem-${safe(each.code)}"><td>${each.status}</td><td><code>${safe(each.code)}</code></td><td>${safe(sentence(each, language))}</td></tr>`

function sentence({ words }: DeclaredProblem, language: Language): string {
  try {
    return String(words()[language])
  } catch {
    // A sentence that reckons with its facts cannot be said without them.
    return ''
  }
}

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;font:15px/1.6 "Noto Sans SC",system-ui,sans-serif;display:grid;grid-template-columns:200px minmax(0,1fr)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:16px;box-sizing:border-box;border-right:1px solid #8884}
nav ul{list-style:none;padding:0;margin:0}nav li{margin:4px 0}
main{padding:16px 32px 64px;max-width:980px}
a{color:#0F5F70}h1{font-size:24px}h2{font-size:19px;margin-top:40px;border-bottom:1px solid #8884}h3{font-size:13px;margin:8px 0 2px}
summary{cursor:pointer;padding:4px 0}summary:focus-visible,a:focus-visible{outline:2px solid #0F5F70;outline-offset:2px}
summary b{display:inline-block;width:58px;font-size:12px}small{opacity:.75;margin-left:8px}
pre{margin:0 0 8px;padding:10px 12px;background:#8881;overflow:auto;border-radius:4px;font-size:13px}
table{border-collapse:collapse;width:100%}td{border-top:1px solid #8884;padding:4px 12px 4px 0;vertical-align:top}
tr:target{background:#ffd24d55}
@media (prefers-color-scheme:dark){a{color:#7fc4d4}}
@media (max-width:700px){body{display:block}nav{position:static;height:auto;border:0}main{padding:16px}}
`
