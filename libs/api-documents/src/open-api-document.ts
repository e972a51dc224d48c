import { PROBLEMS, ProblemBody, SESSION_COOKIE } from '@songnhap/contracts'
import { describeRoute } from './describe-route.ts'
import { API_VERSION, LICENSE, TITLE } from './document-info.ts'
import type { HttpRoute } from './http-route.ts'
import { type Json, schemaWriter } from './schema-writer.ts'

const WORDS = `The gateway is the only door for people. Sign in with POST /api/session and keep the cookie;
whatever is not a GET must carry an Origin of this installation. Every refusal is a problem: a code, a text
in Vietnamese and English, and details that quote nothing. Ids come from the client, so that sending again
changes nothing. The websocket /api/stream is described by /api/asyncapi.json.`

/** OpenAPI 3.1: every route of the HTTP API, as it is registered. */
export function openApiDocument(routes: readonly HttpRoute[]): Json {
  const writer = schemaWriter(in2020)
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of routes) {
    const path = route.url.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route, writer) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `${TITLE}: HTTP`,
      version: API_VERSION,
      description: WORDS.replaceAll('\n', ' '),
      license: { name: LICENSE.name, identifier: LICENSE.name },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: writer.named,
      responses: { problem: problemResponse(writer.write(ProblemBody, 'ProblemBody')) },
      parameters: {
        origin: {
          name: 'Origin',
          in: 'header',
          required: true,
          description:
            'One of PUBLIC_ORIGINS. Browsers send it; programs send the address of the gateway.',
          schema: { type: 'string', format: 'uri' },
        },
      },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: SESSION_COOKIE,
          description: 'Set by POST /api/session: Secure, HttpOnly, SameSite=Strict.',
        },
      },
    },
  }
}

/** Tuples changed their spelling between draft-07, which ajv reads, and 2020-12, which OpenAPI 3.1 is in. */
function in2020(schema: Json): Json {
  const { items, additionalItems, ...rest } = schema
  return Array.isArray(items) ? { ...rest, prefixItems: items, items: false } : schema
}

/** The table of all problems, and the one shape they have. */
function problemResponse(schema: Json): Json {
  const rows = Object.entries(PROBLEMS).map(
    ([code, [status, , words]]) => `| ${status} | ${code} | ${words} |`,
  )
  return {
    description: [
      'Refused.',
      '',
      '| status | code | meaning |',
      '| --- | --- | --- |',
      ...rows,
    ].join('\n'),
    content: { 'application/json': { schema } },
  }
}
