// Open311 GeoReport v2 as endpoints. Field names, formats and codes are the standard's; what is ours is said in the documentation.

import { endpoint, Type, type Words } from '../../../kernel/contract.ts'

const BASE = '/open311/v2'
const ENDINGS = ['', '.json', '.xml'] as const

// Everything comes as text and is read by our own rules, so that a wrong field is answered with a GeoReport error body.
const field = (description: string) => Type.Optional(Type.Unknown({ description }))
const Jurisdiction = field('Code of the city; may be left out')
const file = (description: string) => Type.String({ maxLength: 120, description: `${description}, with .json or .xml` })

interface Shape {
  readonly path: string
  readonly summary: Words
}

const list = ({ path, summary }: Shape, query: Record<string, ReturnType<typeof field>> = {}) =>
  ENDINGS.map((ending) =>
    endpoint({
      method: 'GET',
      path: `${path}${ending}`,
      permit: 'anyone',
      summary,
      limit: 'public-read',
      gives: 'raw',
      query: Type.Object({ jurisdiction_id: Jurisdiction, ...query }),
    }),
  )

const one = ({ path, summary }: Shape, what: string) =>
  endpoint({
    method: 'GET',
    path: `${path}/:file`,
    permit: 'anyone',
    summary,
    limit: 'public-read',
    gives: 'raw',
    params: Type.Object({ file: file(what) }),
    query: Type.Object({ jurisdiction_id: Jurisdiction }),
  })

export const getDiscovery = [
  ...list({ path: `${BASE}/discovery`, summary: { zh: 'Open311 服务发现', en: 'Open311 service discovery' } }),
  ...list({ path: '/open311/discovery', summary: { zh: 'Open311 服务发现', en: 'Open311 service discovery' } }),
]

export const getServices = list({ path: `${BASE}/services`, summary: { zh: 'Open311 服务清单', en: 'Open311 service list' } })

export const getService = one(
  { path: `${BASE}/services`, summary: { zh: 'Open311 服务定义', en: 'Open311 service definition' } },
  'service_code',
)

export const getRequests = list(
  { path: `${BASE}/requests`, summary: { zh: 'Open311 请求查询', en: 'Open311 service requests' } },
  {
    service_request_id: field('One or several with commas; overrides all other arguments'),
    service_code: field('One or several with commas'),
    start_date: field('Earliest requested_datetime, such as 2026-05-24T00:00:00Z; with end_date at most 90 days'),
    end_date: field('Latest requested_datetime'),
    status: field('open, closed, or both with a comma'),
    page: field('From 1'),
    page_size: field('At most 1000, which is what is given without it'),
  },
)

export const getRequest = one(
  { path: `${BASE}/requests`, summary: { zh: 'Open311 请求', en: 'Open311 service request' } },
  'service_request_id',
)

export const getToken = one(
  { path: `${BASE}/tokens`, summary: { zh: 'Open311 令牌', en: 'Open311 service_request_id from a token' } },
  'token',
)

/** Also as multipart with photos, as several servers take them; `attribute[code]` are further fields. */
export const postRequest = ENDINGS.map((ending) =>
  endpoint({
    method: 'POST',
    path: `${BASE}/requests${ending}`,
    permit: 'anyone',
    summary: { zh: 'Open311 提交请求，须 api_key', en: 'Open311 post a service request; needs an api_key' },
    takes: 'files',
    gives: 'raw',
    limit: 'public-write',
    query: Type.Object({ jurisdiction_id: Jurisdiction, api_key: field('May also stand in the form') }),
    body: Type.Object({
      api_key: field('Key of a machine with the permit case.report; the demo city also takes “demo”'),
      jurisdiction_id: Jurisdiction,
      service_code: field('From the service list'),
      lat: field('WGS84'),
      long: field('WGS84'),
      address_string: field('Where no lat and long are given, it is looked up'),
      address_id: field('Not kept here: give lat and long or address_string'),
      email: field('Kept apart and never shown'),
      device_id: field('Not stored'),
      account_id: field('Not stored'),
      first_name: field('Kept apart and never shown'),
      last_name: field('Kept apart and never shown'),
      phone: field('Kept apart and never shown'),
      description: field('At most 4,000 characters'),
      media_url: field('Address of a photo'),
    }),
  }),
)
