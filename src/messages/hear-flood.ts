// Call-ups and orders of flood command, in the bell of whoever they are for. They stand before quiet hours and mutes: water does not wait.

import { onBatch, type Heard } from '../kernel/index.ts'
import { floodCommanded, type FloodCommanded } from '../monitoring/index.ts'
import { STALE_MS } from './hear.ts'
import type { Wording } from './tables.ts'
import { writeMessages, type Draft } from './write.ts'

const SUBJECTS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'call made': ['防汛叫应', 'Called up'],
  'call released': ['叫应解除', 'Let go'],
  'order made': ['防汛指令', 'Order'],
  'order cancelled': ['指令撤销', 'Order cancelled'],
}

function wordingOf({ kind, what, pointName, words, by }: FloodCommanded): Wording | undefined {
  const subject = SUBJECTS[`${kind} ${what}`]
  if (!subject) return undefined
  const [zh, en] = subject
  return {
    zh: { subject: `${zh}：${pointName}`, body: [words, `下达人 ${by}`].filter(Boolean).join('。') },
    en: { subject: `${en}: ${pointName}`, body: [words, `by ${by}`].filter(Boolean).join(', ') },
  }
}

export const floodHeard = onBatch([floodCommanded], 'messages.flood', 100, async (ctx, events: Heard<FloodCommanded>[]) => {
  const drafts = events.flatMap(({ position, at, body }): Draft[] => {
    const words = wordingOf(body)
    if (!words || body.to === null || +ctx.now - +at > STALE_MS) return []
    const { to, name, what, district } = body
    return [{ cause: position, rule: 'flood-command', channel: 'app', receiver: to, kind: 'flood', about: what, district, name: name ?? '', words, urgent: true, at, dueAt: at }]
  })
  await writeMessages(ctx, drafts)
})
