import { getCityFacts } from '../../../atlas/index.ts'
import { serve as serveRaw, type Context, type Endpoint, type Route } from '../../../kernel/index.ts'
import { catalogueInUse } from '../../../registry/index.ts'
import { tokenUnknown } from '../problems.ts'
import { answerGeoReport, refuseGeoReport, type Asked, type Said } from './answer.ts'
import { getDiscovery, getRequest, getRequests, getService, getServices, getToken, postRequest } from './contract.ts'
import { takeRequest } from './post.ts'
import { findRequest, findRequests, presentRequest } from './requests.ts'
import { defineService, listServices } from './services.ts'

const FORMATS = ['text/xml', 'application/json']

async function discover(ctx: Context, { language, site }: Asked): Promise<Said> {
  const { name } = await getCityFacts(ctx)
  const changeset = `${await catalogueInUse(ctx)}-1`
  const zh = language === 'zh'
  const endpoint = {
    specification: 'http://wiki.open311.org/GeoReport_v2',
    url: `${site}/open311/v2`,
    changeset,
    type: 'production',
    formats: FORMATS,
  }
  return {
    root: 'discovery',
    value: {
      changeset,
      contact: zh ? `${name.zh}城市服务，电话 12345` : `City services of ${name.en}, telephone 12345`,
      key_service: zh
        ? '向本平台的安全管理员申请 api_key；说明见 /api/docs'
        : 'Ask the security administrator of this platform for an api_key; see /api/docs',
      endpoints: [endpoint],
    },
  }
}

const present = async (ctx: Context, rows: Awaited<ReturnType<typeof findRequests>>, { language, site }: Asked): Promise<Said> => ({
  root: 'service_requests',
  value: await Promise.all(rows.map((row) => presentRequest(ctx, row, language, site))),
})

/** Where every post is a request at once, its number serves as the token too. */
async function findToken(ctx: Context, id: string): Promise<Said> {
  const row = await findRequest(ctx, id).catch(() => undefined)
  if (!row) throw tokenUnknown({ id: id.slice(0, 40) })
  return { root: 'service_requests', value: [{ service_request_id: row.number, token: id }] }
}

const NOTICE = {
  zh: '已收到。请保存 service_request_id，可用它查询进度。',
  en: 'Received. Keep the service_request_id: the progress can be asked for with it.',
}

// Also what never reaches us, such as a torn form or too many requests, is refused as the standard says.
const serve = <P, Q, B, R>(endpoint: Endpoint<P, Q, B, R>, handle: Parameters<typeof serveRaw<P, Q, B, R>>[1]): Route =>
  serveRaw(endpoint, handle, refuseGeoReport)

export const routes: readonly Route[] = [
  ...getDiscovery.map((endpoint) => serve(endpoint, (ctx, input) => answerGeoReport(ctx, input, (asked) => discover(ctx, asked)))),
  ...getServices.map((endpoint) =>
    serve(endpoint, (ctx, input) =>
      answerGeoReport(ctx, input, async ({ language }) => ({ root: 'services', value: await listServices(ctx, language) })),
    ),
  ),
  serve(getService, (ctx, input) =>
    answerGeoReport(ctx, input, async ({ name, language }) => ({
      root: 'service_definition',
      value: await defineService(ctx, name, language),
    })),
  ),
  ...getRequests.map((endpoint) =>
    serve(endpoint, (ctx, input) =>
      answerGeoReport(ctx, input, async (asked) => present(ctx, await findRequests(ctx, asked.given), asked)),
    ),
  ),
  serve(getRequest, (ctx, input) =>
    answerGeoReport(ctx, input, async (asked) => present(ctx, [await findRequest(ctx, asked.name)], asked)),
  ),
  serve(getToken, (ctx, input) => answerGeoReport(ctx, input, ({ name }) => findToken(ctx, name))),
  ...postRequest.map((endpoint) =>
    serve(endpoint, (ctx, input) =>
      answerGeoReport(ctx, input, async ({ given, language }) => {
        const onceKey = input.raw.request.headers['idempotency-key']
        const { number } = await takeRequest(ctx, given, input.files, typeof onceKey === 'string' ? onceKey : undefined)
        return { root: 'service_requests', value: [{ service_request_id: number, service_notice: NOTICE[language], account_id: null }] }
      }),
    ),
  ),
]
