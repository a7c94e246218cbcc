import type { EndpointShape, TSchema } from '../contract.ts'
import { ProblemBody } from '../contract.ts'
import { declaredProblems } from '../problem.ts'
import type { Room } from '../room.ts'

type Json = Record<string, unknown>

const REST = 'rest'

/** OpenAPI 3.1 of all endpoints, by room. */
export function openApi(rooms: readonly Room[]): Json {
  const paths: Record<string, Json> = {}
  for (const room of rooms) {
    for (const { endpoint } of room.routes ?? []) {
      // What a path ends in, however many parts it has, is a parameter as well.
      const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}').replace(/\*$/, `{${REST}}`)
      paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(room, endpoint) }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Chengyun 城运',
      version: '1',
      description: 'Errors are application/problem+json with a stable `code`; lists page by `cursor`; writes take an `Idempotency-Key`.',
    },
    servers: [{ url: '/' }],
    tags: rooms.filter(({ routes }) => routes?.length).map(({ name, title }) => ({ name, description: `${title.zh} ${title.en}` })),
    paths,
    components: {
      schemas: { Problem: { ...plain(ProblemBody), 'x-codes': declaredProblems().map(({ code, status }) => ({ code, status })) } },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'chengyun_session' },
        key: { type: 'http', scheme: 'bearer', description: 'A key of a machine, cy_…' },
      },
      responses: {
        Problem: { description: 'Refused', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      },
    },
  }
}

function operation(room: Room, endpoint: EndpointShape): Json {
  const { method, path, permit, summary, params, query, body, gives, reply } = endpoint
  return {
    tags: [room.name],
    operationId: `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: `${summary.zh} ${summary.en}`,
    'x-permit': permit,
    ...(permit !== 'anyone' && { security: [{ session: [] }, { key: [] }] }),
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query'), ...keyOf(endpoint)],
    ...((body || endpoint.takes === 'files') && { requestBody: { required: true, content: contentOf(endpoint) } }),
    responses: {
      [reply || gives === 'raw' ? '200' : '204']: {
        description: 'Done',
        ...(gives === 'raw' ? {} : reply && { content: { 'application/json': { schema: plain(reply) } } }),
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

const ours = ({ method, repeatable, limit }: EndpointShape) => method !== 'GET' && !repeatable && limit !== 'sign-in'

const keyOf = (endpoint: EndpointShape): Json[] =>
  ours(endpoint)
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: endpoint.takes !== 'form' && endpoint.gives !== 'raw',
          schema: { type: 'string', minLength: 8, maxLength: 128 },
        },
      ]
    : []

function contentOf({ takes = 'json', body }: EndpointShape): Json {
  const schema = body ? plain(body) : { type: 'object' }
  if (takes === 'json') return { 'application/json': { schema } }
  if (takes === 'text') return { 'application/json': { schema: {} }, 'text/plain': { schema } }
  if (takes === 'form') return { 'application/x-www-form-urlencoded': { schema }, 'application/json': { schema } }
  const files = { type: 'array', items: { type: 'string', contentMediaType: 'application/octet-stream' } }
  return { 'multipart/form-data': { schema: { ...schema, properties: { ...(schema.properties as Json), files } } } }
}

function parametersOf(schema: TSchema | undefined, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = (schema ? plain(schema) : {}) as { properties?: Record<string, Json>; required?: string[] }
  return Object.entries(properties).map(([name, shape]) => ({
    name: name === '*' ? REST : name,
    in: place,
    required: place === 'path' || (required.includes(name) && shape.default === undefined),
    ...(typeof shape.description === 'string' && { description: shape.description }),
    schema: shape,
  }))
}

/** A schema as OpenAPI 3.1 reads it: a tuple is `prefixItems` there. */
export function plain(schema: TSchema): Json {
  return rewrite(JSON.parse(JSON.stringify(schema))) as Json
}

function rewrite(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewrite)
  if (typeof value !== 'object' || value === null) return value
  const { items, additionalItems, ...rest } = value as Json
  const inner = Object.fromEntries(Object.entries(rest).map(([name, each]) => [name, rewrite(each)]))
  if (Array.isArray(items)) return { ...inner, prefixItems: items.map(rewrite), items: false, maxItems: items.length }
  return {
    ...inner,
    ...(items !== undefined && { items: rewrite(items) }),
    ...(additionalItems !== undefined && items === undefined && { additionalItems }),
  }
}
