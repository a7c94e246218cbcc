import { endpoint, Type } from '../contract.ts'

/** Server-Sent Events. Each has the name of the event and, as `id`, its place in the log; `reset` says: fetch everything again. */
export const getEvents = endpoint({
  method: 'GET',
  path: '/events',
  permit: 'signed-in',
  summary: { zh: '实时事件流', en: 'Live events' },
  query: Type.Object({
    topics: Type.Optional(Type.String({ maxLength: 500, description: 'Names of events, by comma; absent: all that one may see' })),
    last: Type.Optional(Type.String({ maxLength: 40, description: 'Where to resume, if the header Last-Event-ID cannot be sent' })),
  }),
  gives: 'raw',
})
