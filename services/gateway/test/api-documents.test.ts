/** Goal: others can rely on the documents. Method: validators that are not ours, and counting. */
import { readdir, readFile } from 'node:fs/promises'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { t } from 'tap'
import { call, openGateway, openWorld } from './open-gateway.ts'

const ROUTES = new URL('../src/routes/', import.meta.url)
const KEPT = new URL('../../../docs/api/', import.meta.url)
const REGISTERED = [
  /server\.(get|head|post|put|patch|delete)\(\s*'(\/api\/[^']*)'/g,
  /method: '([A-Z]+)',\s*url: '(\/api\/[^']*)'/g,
]

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly security: readonly unknown[]
  readonly parameters: readonly { name?: string; in?: string; $ref?: string }[]
  readonly responses: Readonly<Record<string, unknown>>
  readonly 'x-access'?: unknown
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

/** `get /api/forms/{name}/{version}` of everything that the sources register. */
async function registered(): Promise<string[]> {
  const found: string[] = []
  for (const file of await readdir(ROUTES)) {
    const text = await readFile(new URL(file, ROUTES), 'utf8')
    for (const [, method = '', url = ''] of REGISTERED.flatMap((way) => [...text.matchAll(way)])) {
      found.push(`${method.toLowerCase()} ${url.replaceAll(/:(\w+)/g, '{$1}')}`)
    }
  }
  return found.sort()
}

t.test('the API documents', async (t) => {
  const gateway = await openGateway(t, await openWorld(t))
  const read = async (name: string) => {
    const response = await call(gateway, 'GET', `/api/${name}`)
    t.equal(response.status, 200, `${name} is served to anybody`)
    return await response.json()
  }
  const document = (await read('openapi.json')) as OpenApi
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ name: `${method} ${path}`, path, ...one })),
  )

  t.test('D3: the OpenAPI document is valid', async (t) => {
    const validate = async (document: object) =>
      new Validator().validate(JSON.parse(JSON.stringify(document)))
    const { valid, errors } = await validate(document)
    t.equal(valid, true, JSON.stringify(errors))
    const broken = { ...document, paths: { '/api/broken': { get: { responses: 7 } } } }
    t.equal((await validate(broken)).valid, false, 'a broken one is seen')
  })

  t.test('D3: every schema in it can be used', async (t) => {
    const compile = (schemas: object) => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false })
      ajv.addSchema({
        $id: 'document',
        ...document,
        components: { ...document.components, schemas },
      })
      for (const name of Object.keys(schemas)) {
        ajv.compile({ $ref: `document#/components/schemas/${name}` })
      }
    }
    const { schemas } = document.components
    compile(schemas)
    t.comment(`${Object.keys(schemas).length} schemas`)
    t.throws(() => compile({ ...schemas, Old: { items: [{ type: 'string' }] } }), 'an old tuple')
  })

  t.test('D4: every route is described, by count', async (t) => {
    const routes = await registered()
    t.comment(`${routes.length} routes, ${operations.length} operations`)
    t.ok(routes.length >= 31, 'routes were found')
    t.same(operations.map(({ name }) => name).sort(), routes)
    t.equal(new Set(operations.map((one) => one.operationId)).size, operations.length)
  })

  t.test('D4: with what it does, takes, gives, and who may call it', async (t) => {
    const without = (has: (one: (typeof operations)[number]) => boolean) =>
      operations.filter((one) => !has(one)).map(({ name }) => name)
    t.same(
      without(({ summary }) => summary.endsWith('.')),
      [],
      'a summary',
    )
    t.same(
      without((one) => one['x-access'] !== undefined),
      [],
      'who may call it',
    )
    t.same(
      without((one) => (one['x-access'] === 'public') === (one.security.length === 0)),
      [],
      'a session, unless it is public',
    )
    t.same(
      without(({ responses }) => 'default' in responses && '500' in responses),
      [],
      'refusals',
    )
    t.same(
      without(({ responses }) => Object.keys(responses).some((status) => Number(status) < 300)),
      [],
      'an answer',
    )
    const names = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const inPath = (one: Operation) =>
      one.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
    t.same(
      without((one) => names(one.path).join() === inPath(one).join()),
      [],
      'its parameters',
    )
  })

  t.test('D4: the websocket too, with how it opens and why it does not', (t) => {
    const stream = operations.find(({ name }) => name === 'get /api/stream')
    const { 101: opened, 200: answered } = stream?.responses ?? {}
    t.match(opened, { description: /websocket/ })
    t.equal(answered, undefined, 'no other answer')
    t.match(stream?.parameters, [{ $ref: '#/components/parameters/origin' }])
    const codes = Object.values(stream?.responses ?? {}).flatMap(
      (one) => Object(one)['x-problems'] ?? [],
    )
    const refusals = [
      'FOREIGN_ORIGIN',
      'MALFORMED',
      'NOT_ALLOWED',
      'NOT_FOUND',
      'NOT_SIGNED_IN',
      'PASSWORD_TO_CHANGE',
    ]
    t.same(codes.toSorted(), [...refusals, 'INTERNAL', 'UNAVAILABLE'].toSorted())
    t.end()
  })

  t.test('D5: what is served is what is kept', async (t) => {
    for (const name of ['openapi.json', 'asyncapi.json']) {
      const kept = JSON.parse(await readFile(new URL(name, KEPT), 'utf8'))
      t.strictSame(await read(name), kept, name)
    }
    for (const page of ['/api-docs.html', '/api-docs.js', '/show-schema.js', '/api-words.js']) {
      t.equal((await call(gateway, 'GET', page)).status, 200, page)
    }
  })
})
