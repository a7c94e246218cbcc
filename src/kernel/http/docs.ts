import type { FastifyInstance } from 'fastify'
import type { Room } from '../room.ts'
import { docsPage } from './docs-page.ts'
import { openApi } from './openapi.ts'

/** `/api/openapi.json` and the page that people read. Both are made once, when first asked for. */
export function addDocs(app: FastifyInstance, rooms: readonly Room[]): void {
  let described: string | undefined
  const pages: { zh?: string; en?: string } = {}

  app.get('/api/openapi.json', (_request, reply) => {
    described ??= JSON.stringify(openApi(rooms))
    return reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(described)
  })
  app.get('/api/docs', ({ language }, reply) => {
    pages[language] ??= docsPage(rooms, language)
    return reply
      .header('cache-control', 'no-cache')
      .header('vary', 'accept-language')
      .type('text/html; charset=utf-8')
      .send(pages[language])
  })
}
