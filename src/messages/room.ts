import { stream, type Room } from '../kernel/index.ts'
import { arriveDue, gatherDue } from './arrive.ts'
import { messagesOnce } from './checks.ts'
import { messagesArrived } from './events.ts'
import { forgetOld } from './forget.ts'
import { messagesHeard } from './hear.ts'
import { floodHeard } from './hear-flood.ts'
import { PERMITS } from './permits.ts'
import { routes } from './routes.ts'
import { sendDue } from './sender.ts'
import { tables } from './tables.ts'

/** 告知: what is told to citizens, to those who act, to leaders and to other systems. */
export const messages = {
  name: 'messages',
  title: { zh: '消息告知', en: 'Messages' },
  permits: PERMITS,
  tables,
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  listeners: [messagesHeard, floodHeard],
  streams: [
    stream(messagesArrived, {
      permit: 'messages.read',
      place: () => ({}),
      to: ({ body }) => body.to,
      show: () => ({}),
    }),
  ],
  jobs: [
    { name: 'messages.arrive', every: 1, run: (ctx) => arriveDue(ctx) },
    { name: 'messages.gather', every: 20, run: (ctx) => gatherDue(ctx) },
    {
      name: 'messages.send',
      every: 1,
      // What was taken and what was sent must stand whatever becomes of the run.
      piecewise: true,
      run: async (ctx) => {
        await sendDue(ctx)
      },
    },
    { name: 'messages.forget', every: 60, run: (ctx) => forgetOld(ctx) },
  ],
  checks: [messagesOnce],
} satisfies Room
