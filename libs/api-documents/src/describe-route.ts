import { PROBLEMS, type ProblemCode } from '@songnhap/contracts'
import type { TSchema } from 'typebox'
import type { HttpRoute } from './http-route.ts'
import type { Json, SchemaWriter } from './schema-writer.ts'

const PROBLEM = { $ref: '#/components/schemas/ProblemBody' }
const FILES = {
  type: 'object',
  properties: { files: { type: 'array', items: { type: 'string', format: 'binary' } } },
}

const GIVEN = {
  'text/html': 'A page.',
  'image/*': 'The image.',
  'application/pdf': 'The document.',
}
const BYTES = { type: 'string', format: 'binary' }

/** One operation of OpenAPI. */
export function describeRoute(route: HttpRoute, writer: SchemaWriter): Json {
  const body = bodyOf(route, writer)
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    tags: [route.url.split('/')[2]?.replace('.json', '') ?? ''],
    security: route.access === 'public' ? [] : [{ session: [] }],
    parameters: [
      ...parametersIn('path', route.params, writer),
      ...parametersIn('query', route.query, writer),
      ...(needsOrigin(route) ? [{ $ref: '#/components/parameters/origin' }] : []),
    ],
    ...(body === undefined ? {} : { requestBody: { required: true, content: body } }),
    responses: { ...answersOf(route, writer), ...refusalsOf(route) },
    'x-access': route.access,
  }
}

/** `getCampaignsByCampaignIdBooks`: unique, and stays while the address does. */
function operationIdOf({ method, url }: HttpRoute): string {
  const words = url
    .split(/[/.-]/)
    .filter((part) => part !== '' && part !== 'api')
    .map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : capital(part)))
  return method.toLowerCase() + words.join('')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function parametersIn(
  place: 'path' | 'query',
  schema: TSchema | undefined,
  writer: SchemaWriter,
): Json[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, TSchema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, part]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: writer.write(part, ''),
  }))
}

function bodyOf({ body, takes }: HttpRoute, writer: SchemaWriter): Json | undefined {
  if (takes !== undefined) {
    return { [takes]: { schema: takes === 'multipart/form-data' ? FILES : BYTES } }
  }
  return body === undefined ? undefined : { 'application/json': { schema: writer.write(body, '') } }
}

function answersOf({ answers, gives, isWebsocket }: HttpRoute, writer: SchemaWriter): Json {
  if (isWebsocket) return { 101: { description: 'The websocket is open; see /api/asyncapi.json.' } }
  if (gives !== undefined) {
    const description = GIVEN[gives]
    return { 200: { description, content: { [gives]: {} } } }
  }
  const stated = Object.entries(answers)
  if (stated.length === 0)
    return { 200: { description: 'Any JSON.', content: { 'application/json': {} } } }
  return Object.fromEntries(
    stated.map(([status, schema]) => {
      const isEmpty = 'type' in schema && schema.type === 'null'
      const content = { 'application/json': { schema: writer.write(schema, '') } }
      return [status, { description: 'Done.', ...(isEmpty ? {} : { content }) }]
    }),
  )
}

/** By status, with the codes that this route can give there; the rest is in the shared response. */
function refusalsOf(route: HttpRoute): Json {
  const byStatus = Object.groupBy(codesOf(route), (code) => PROBLEMS[code][0])
  const refusals = Object.entries(byStatus).map(([status, codes]) => [
    status,
    {
      description: codes.map((code) => `\`${code}\`: ${PROBLEMS[code][2]}`).join('\n'),
      content: { 'application/json': { schema: PROBLEM } },
      'x-problems': codes,
    },
  ])
  return { ...Object.fromEntries(refusals), default: { $ref: '#/components/responses/problem' } }
}

function codesOf(route: HttpRoute): ProblemCode[] {
  const takesBody = route.body !== undefined || route.takes !== undefined
  const isChecked = takesBody || route.params !== undefined || route.query !== undefined
  const codes: ProblemCode[] = [
    ...(isChecked ? (['MALFORMED'] as const) : []),
    ...(route.access === 'public' ? [] : (['NOT_SIGNED_IN', 'PASSWORD_TO_CHANGE'] as const)),
    ...(typeof route.access === 'string' ? [] : (['NOT_ALLOWED'] as const)),
    ...(needsOrigin(route) ? (['FOREIGN_ORIGIN'] as const) : []),
    ...(takesBody ? (['TOO_LARGE'] as const) : []),
    ...(route.refuses ?? []),
    'UNAVAILABLE',
    'INTERNAL',
  ]
  return [...new Set(codes)]
}

function needsOrigin({ method, isWebsocket }: HttpRoute): boolean {
  return (method !== 'GET' && method !== 'HEAD') || isWebsocket
}
