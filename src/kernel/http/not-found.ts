import type { FastifyReply, FastifyRequest } from 'fastify'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Room } from '../room.ts'
import { sendProblem } from './errors.ts'
import { methodUnknown, pathUnknown } from './problems.ts'

/** Below these nothing is a page. */
const NO_PAGES = /^\/(api|events|tiles|open311|sensorthings|assets|healthz|readyz|metrics)(\/|$)/
const APPS = ['workbench', 'collector'] as const
/** A file that is not there; but an address of an app may end like one, as in the key of a flow. */
const FILE = /\.\w{1,8}$/

/** What is answered where no route is: the page of an app whose own addresses these are, or a problem that says what would do. */
export function answerUnknown(rooms: readonly Room[], webFolder: string | undefined) {
  const routes = rooms
    .flatMap((room) => room.routes ?? [])
    .map(({ endpoint: { method, path } }) => ({
      method,
      fits: new RegExp(`^${path.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/:\w+/g, '[^/]+').replace(/\/\\\*$/, '/.*')}$`),
    }))

  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = request.url.split('?')[0]!
    const page = request.method === 'GET' || request.method === 'HEAD' ? pageAt(path, request.headers.accept, webFolder) : undefined
    if (page !== undefined) return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)

    const allowed = [...new Set(routes.filter(({ fits }) => fits.test(path)).map(({ method }) => method))]
    if (allowed.length === 0) return sendProblem(pathUnknown(), request, reply)
    return sendProblem(methodUnknown({ allowed: allowed.join(', ') }, { headers: { allow: allowed.join(', ') } }), request, reply)
  }
}

function pageAt(path: string, accept: string | undefined, webFolder: string | undefined): string | undefined {
  // The front pages also answer who takes anything, such as a probe of an operator.
  const front = path === '/' || APPS.some((name) => path === `/${name}`)
  const taken = accept === undefined ? front : accept.includes('text/html') || (front && accept.includes('*/*'))
  const app = APPS.find((name) => path === `/${name}` || path.startsWith(`/${name}/`))
  if (!taken || NO_PAGES.test(path) || (app === undefined && FILE.test(path))) return undefined
  return webFolder === undefined ? NOT_BUILT : readPage(join(webFolder, app ?? 'portal', 'index.html'))
}

/** Read each time: it is small, the system keeps it in memory, and a new build is seen at once. */
function readPage(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const NOT_BUILT = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>城运 Chengyun</title>
<p>页面尚未构建，请运行 <code>npm run web</code>。接口说明见 <a href="/api/docs">/api/docs</a>。</p>
<p lang="en">The pages are not built yet: run <code>npm run web</code>.
The interface is described at <a href="/api/docs">/api/docs</a>.</p></html>
`
