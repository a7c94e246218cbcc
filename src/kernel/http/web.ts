import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** The built files of the web. Those below `assets` carry a digest of their content in their names. */
export function addWeb(app: FastifyInstance, webFolder: string | undefined): void {
  if (webFolder === undefined) return
  app.register(fastifyStatic, {
    root: webFolder,
    index: false,
    // A folder is no file: what stands at such an address is a page, found where nothing else is.
    allowedPath: (path) => !path.endsWith('/'),
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const forever = /[\\/]assets[\\/]/.test(path)
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}
