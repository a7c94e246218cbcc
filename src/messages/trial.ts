// What an administrator tries out: a channel, and a template over a real case.

import { randomUUIDv7 } from 'node:crypto'
import { getCityFacts } from '../atlas/index.ts'
import { caseKey, findCase, listCases } from '../cases/index.ts'
import { record, systemActor, type Context } from '../kernel/index.ts'
import { demandSound, mayManage } from './book.ts'
import { channelsOf } from './channels.ts'
import type { TemplateBody } from './contract.ts'
import { textOf } from './drivers/refusal.ts'
import { factsOf, ownFacts } from './facts.ts'
import { channelUnknown } from './problems.ts'
import { smsParts } from './sms-parts.ts'
import { placesIn, say } from './template.ts'
import { writeMessages } from './write.ts'

/** A message to an address of one's choice, by the same way as all others; the outbox shows what became of it. */
export async function tryChannel(ctx: Context, code: string, to: string): Promise<{ id: string }> {
  mayManage(ctx)
  const channel = (await channelsOf(ctx)).find((each) => each.code === code)
  if (!channel) throw channelUnknown({ code })
  const city = await getCityFacts(ctx)
  const [row] = await writeMessages(ctx, [
    {
      cause: `trial ${randomUUIDv7()}`,
      rule: 'trial',
      channel: channel.kind,
      receiver: channel.kind === 'dingtalk' || channel.settings.mode === 'robot' ? `robot:${code}` : 'trial',
      kind: 'trial',
      // By which of several channels of its kind it goes.
      about: code,
      district: city.code,
      name: ctx.actor.name,
      address: to || null,
      words: {
        zh: { subject: '城运试发消息', body: `这是一条试发消息，渠道“${channel.name}”可用。` },
        en: { subject: 'Trial of Chengyun', body: `This is a trial: the channel “${channel.name}” works.` },
      },
      urgent: true,
      at: ctx.now,
      dueAt: ctx.now,
    },
  ])
  record(ctx, 'messages.channel-tried', code, '', {})
  return { id: row!.id }
}

/**
 * The texts of a template with the facts of a case. Whoever keeps templates need not be allowed to see cases: texts hold no personal data,
 * and a query word is never shown, not even here.
 */
export async function preview(given: Context, template: TemplateBody, number: string | undefined) {
  mayManage(given)
  const ctx = { ...given, actor: systemActor }
  demandSound(template)
  const row = number === undefined ? (await listCases(ctx, { limit: 1 } as never)).rows[0] : await findCase(ctx, caseKey(number))
  if (!row) return { number: null, words: withNothing(template), smsParts: partsOf(template, template) }
  const { zh, en } = template
  const asked = placesIn(zh.subject, zh.body, en.subject, en.body)
  const facts = await factsOf(ctx, row, { on: 'step', about: 'dispatch', at: ctx.now, ordinal: row.ordinal, clock: row.clock }, asked)
  const { facts: more } = await ownFacts(ctx, template.reader, row.number, template.reader === 'reporter' ? '****' : undefined)
  const words = say(template, { ...facts, ...more })
  return { number: row.number, words, smsParts: partsOf(template, words) }
}

const partsOf = ({ reader }: TemplateBody, { zh }: Pick<TemplateBody, 'zh'>): number => smsParts(textOf(zh, reader === 'reporter'))

const withNothing = ({ zh, en }: TemplateBody) => ({ zh, en })
