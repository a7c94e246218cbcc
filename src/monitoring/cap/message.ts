// A message as CAP 1.2 writes it: the order of the elements is that of its schema. Nothing here reads a clock or a database.

import type { Language } from '../../kernel/contract.ts'
import { LEVELS } from '../alarms/rule.ts'
import { BY_LEVEL, CERTAINTY } from './level.ts'
import type { WarningTable } from './tables.ts'
import { document, leaf } from './xml.ts'

const NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2'
const LANGUAGES = { zh: 'zh-CN', en: 'en-US' } as const satisfies Record<Language, string>

/** Of a message, in the whole world: without spaces, commas and signs of XML, as the standard wants it. */
export const identifierOf = ({ district, id }: Pick<WarningTable, 'district' | 'id'>): string => `CN-${district}-${id}`

const IDENTIFIER = /^CN-(\d{6})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export function keyOfIdentifier(identifier: string): { district: string; id: string } | undefined {
  const found = IDENTIFIER.exec(identifier)
  return found ? { district: found[1]!, id: found[2]! } : undefined
}

/** With the offset of the city: the standard knows no Z. */
export const capTime = (at: Date, offsetMs: number): string => {
  const minutes = Math.abs(offsetMs) / 60_000
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  return `${new Date(+at + offsetMs).toISOString().slice(0, 19)}${offsetMs < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}

/** How a later message names this one. */
export const referenceOf = (row: WarningTable, offsetMs: number): string => `${row.sender},${identifierOf(row)},${capTime(row.sentAt, offsetMs)}`

export function writeAlert(row: WarningTable, { web, offsetMs }: { web: string; offsetMs: number }): string {
  const inner = [
    leaf('identifier', identifierOf(row)),
    leaf('sender', row.sender),
    leaf('sent', capTime(row.sentAt, offsetMs)),
    leaf('status', row.status),
    leaf('msgType', row.kind),
    leaf('scope', 'Public'),
    ...(row.refers.length > 0 ? [leaf('references', row.refers.join(' '))] : []),
    ...(['zh', 'en'] as const).map((language) => writeInfo(row, language, web, offsetMs)),
  ]
  return document(`<alert xmlns="${NAMESPACE}">\n${inner.join('\n')}\n</alert>`)
}

function writeInfo(row: WarningTable, language: Language, web: string, offsetMs: number): string {
  const { category, event, headline, description, instruction, senderName } = row.body
  const { severity, urgency, response } = BY_LEVEL[row.level - 1]!
  const over = row.kind === 'Cancel'
  return [
    '<info>',
    leaf('language', LANGUAGES[language]),
    leaf('category', category),
    leaf('event', event[language]),
    leaf('responseType', over ? 'AllClear' : response),
    leaf('urgency', over ? 'Past' : urgency),
    leaf('severity', severity),
    leaf('certainty', CERTAINTY),
    leaf('effective', capTime(row.sentAt, offsetMs)),
    leaf('onset', capTime(row.beganAt, offsetMs)),
    leaf('expires', capTime(row.expiresAt, offsetMs)),
    leaf('senderName', senderName[language]),
    leaf('headline', headline[language]),
    leaf('description', description[language]),
    ...(over || instruction[language] === '' ? [] : [leaf('instruction', instruction[language])]),
    leaf('web', web),
    `<parameter>${leaf('valueName', 'colour')}${leaf('value', LEVELS[row.level - 1]!.code)}</parameter>`,
    writeArea(row, language),
    '</info>',
  ].join('\n')
}

function writeArea({ district, body: { areaName, area } }: WarningTable, language: Language): string {
  const parts = [
    leaf('areaDesc', areaName[language]),
    ...area.polygons.map((polygon) => leaf('polygon', polygon)),
    ...(area.circle === null ? [] : [leaf('circle', area.circle)]),
    // The division code of GB/T 2260.
    `<geocode>${leaf('valueName', 'GB/T 2260')}${leaf('value', district)}</geocode>`,
  ]
  return `<area>${parts.join('')}</area>`
}
