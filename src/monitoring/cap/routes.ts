import { serve } from '../../kernel/index.ts'
import { getCapAlert, getCapFeed } from './contract.ts'
import { readAlert, readFeed } from './read-warnings.ts'

const siteOf = ({ protocol, host }: { protocol: string; host: string }): string => `${protocol}://${host}`

export const capRoutes = [
  serve(getCapFeed, (ctx, { query: { cursor, limit, lang }, language, raw }) => readFeed(ctx, { cursor, limit, language: lang ?? language, site: siteOf(raw.request) })),
  serve(getCapAlert, (ctx, { params, raw }) => readAlert(ctx, params.file, siteOf(raw.request))),
]
