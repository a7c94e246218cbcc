// The index of warnings as an Atom feed (RFC 4287). Nothing here reads a clock or a database.

import type { Language } from '../../kernel/contract.ts'
import { BY_LEVEL, CERTAINTY } from './level.ts'
import { capTime, identifierOf } from './message.ts'
import type { WarningTable } from './tables.ts'
import { document, escape, leaf } from './xml.ts'

interface Given {
  readonly site: string
  readonly title: string
  readonly author: string
  readonly language: Language
  readonly offsetMs: number
  readonly now: Date
  /** Of this page and of the next, if there is one. */
  readonly self: string
  readonly next: string | null
}

export const alertAddress = (site: string, row: WarningTable): string => `${site}/cap/v1/alerts/${identifierOf(row)}.xml`

export function writeFeed(rows: readonly WarningTable[], given: Given): string {
  const { site, title, author, language, offsetMs, now, self, next } = given
  const link = (rel: string, href: string) => `<link rel="${rel}" href="${escape(href)}"/>`
  const parts = [
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2" xml:lang="${language === 'zh' ? 'zh-CN' : 'en-US'}">`,
    leaf('id', `${site}/cap/v1/feed.atom`),
    leaf('title', title),
    leaf('updated', capTime(rows[0]?.sentAt ?? now, offsetMs)),
    `<author>${leaf('name', author)}</author>`,
    link('self', self),
    ...(next === null ? [] : [link('next', next)]),
    ...rows.map((row) => writeEntry(row, given)),
    '</feed>',
  ]
  return document(parts.join('\n'))
}

function writeEntry(row: WarningTable, { site, language, offsetMs }: Given): string {
  const { severity, urgency } = BY_LEVEL[row.level - 1]!
  const { body } = row
  return [
    '<entry>',
    leaf('id', `urn:uuid:${row.id}`),
    leaf('title', body.headline[language]),
    leaf('updated', capTime(row.sentAt, offsetMs)),
    leaf('published', capTime(row.sentAt, offsetMs)),
    leaf('summary', body.description[language]),
    `<category term="${escape(body.category)}"/>`,
    `<link rel="alternate" type="application/cap+xml" href="${escape(alertAddress(site, row))}"/>`,
    leaf('cap:status', row.status),
    leaf('cap:msgType', row.kind),
    leaf('cap:event', body.event[language]),
    leaf('cap:urgency', row.kind === 'Cancel' ? 'Past' : urgency),
    leaf('cap:severity', severity),
    leaf('cap:certainty', CERTAINTY),
    leaf('cap:expires', capTime(row.expiresAt, offsetMs)),
    leaf('cap:areaDesc', body.areaName[language]),
    '</entry>',
  ].join('\n')
}
