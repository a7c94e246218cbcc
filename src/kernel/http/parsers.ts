import type { FastifyInstance, FastifyRequest } from 'fastify'
import { demandCleanJson } from './clean-text.ts'
import { fieldsOf } from './form.ts'
import { jsonBroken } from './problems.ts'

/** JSON and url-encoded bodies. An empty one is none: whether one is needed is for the endpoint to say. */
export function addParsers(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (request.routeOptions.config.asText) return done(null, text)
    if (text === '') return done(null, undefined)
    return parse(request, text, (error, value) => {
      if (error) return done(jsonBroken())
      try {
        demandCleanJson(text, value)
      } catch (fault) {
        return done(fault as Error)
      }
      return done(null, value)
    })
  })
  app.addContentTypeParser<string>('text/plain', { parseAs: 'string' }, (_, text, done) => done(null, text))
  app.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (request: FastifyRequest, text: string) => {
      request.asForm = true
      return fieldsOf(new URLSearchParams(text))
    },
  )
}
