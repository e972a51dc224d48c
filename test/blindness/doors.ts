import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { ClientMessage } from '@songnhap/contracts'
import { asSchema, exampleOf, type Knowledge, type Resolve, type Schema } from './example-of.ts'
import { type Asking, exchange } from './exchange.ts'

const PUBLIC_FILES = join(import.meta.dirname, '../../services/gateway/public')
const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options']
/** Fewer means that they were not found. */
const OPERATIONS_MIN = 20
const MULTIPART = 'multipart/form-data'
const BOUNDARY = 'ranh-gioi'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: Schema
}

/** One method of one path: something that anybody may try. */
export interface Operation {
  readonly title: string
  readonly method: string
  /** Whether it is about a lease, by a parameter or by its body. */
  readonly needsLease: boolean
  /** A request that fits the contract, of what is known. */
  ask(known: Knowledge): Asking
}

interface OpenApi {
  readonly paths: Record<string, Record<string, Described>>
}

interface Described {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema?: Schema }> }
}

/** Every operation of the document that the gateway makes of the routes it has registered. */
export async function findOperations(gatewayUrl: string): Promise<Operation[]> {
  const { body } = await exchange(gatewayUrl, {
    method: 'GET',
    path: '/api/openapi.json',
    headers: {},
  })
  const document = JSON.parse(String(body)) as OpenApi
  const resolve = resolverOf(document)
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, described]) => operationOf(method.toUpperCase(), path, described, resolve)),
  )
  if (operations.length < OPERATIONS_MIN) throw new Error('the operations were not found')
  return operations
}

/** Every message that a client may send, by its type, as the contract has them. */
export function findMessages(): { type: string; needsLease: boolean; make: MakeMessage }[] {
  return ClientMessage.anyOf.map((schema) => ({
    type: schema.properties.type.const,
    needsLease: Object.hasOwn(schema.properties, 'leaseToken'),
    make: (known) => exampleOf(asSchema(schema), '', known, nothingToResolve) as object,
  }))
}
type MakeMessage = (known: Knowledge) => object

/** Every file that the gateway serves, as an address. */
export async function findFiles(): Promise<string[]> {
  const entries = await readdir(PUBLIC_FILES, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(PUBLIC_FILES.length))
    .map((path) => path.replaceAll(sep, '/'))
    .sort()
}

function operationOf(
  method: string,
  path: string,
  { parameters = [], requestBody }: Described,
  resolve: Resolve,
): Operation {
  const all: Parameter[] = parameters.map((parameter) =>
    '$ref' in parameter ? (resolve(parameter.$ref) as Parameter) : parameter,
  )
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const names = [...all.map(({ name }) => name), ...propertiesOf(content?.schema, resolve)]
  return {
    title: `${method} ${path}`,
    method,
    needsLease: names.includes('leaseToken'),
    ask(known) {
      const textOf = ({ name, schema }: Parameter) =>
        encodeURIComponent(String(exampleOf(schema, name, known, resolve)))
      const inPath = all.filter((parameter) => parameter.in === 'path')
      const filled = inPath.reduce(
        (text, parameter) => text.replace(`{${parameter.name}}`, textOf(parameter)),
        path,
      )
      const query = all
        .filter((parameter) => parameter.in === 'query' && parameter.required)
        .map((parameter) => `${parameter.name}=${textOf(parameter)}`)
        .join('&')
      const address = query === '' ? filled : `${filled}?${query}`
      if (type === undefined) return { method, path: address, headers: {} }
      if (type === MULTIPART) return { method, path: address, ...multipart() }
      const body = JSON.stringify(exampleOf(content?.schema ?? {}, '', known, resolve))
      return { method, path: address, headers: { 'content-type': type }, body }
    },
  }
}

function propertiesOf(schema: Schema | undefined, resolve: Resolve): string[] {
  if (schema?.$ref !== undefined) return propertiesOf(asSchema(resolve(schema.$ref)), resolve)
  return Object.keys(schema?.properties ?? {})
}

function multipart(): Pick<Asking, 'headers' | 'body'> {
  const head = 'content-disposition: form-data; name="files"; filename="trang.png"'
  return {
    headers: { 'content-type': `${MULTIPART}; boundary=${BOUNDARY}` },
    body: `--${BOUNDARY}\r\n${head}\r\n\r\nkhông phải ảnh\r\n--${BOUNDARY}--\r\n`,
  }
}

function resolverOf(document: object): Resolve {
  return (reference) => {
    let place: unknown = document
    for (const key of reference.replace('#/', '').split('/')) {
      place = typeof place === 'object' && place !== null ? Reflect.get(place, key) : undefined
    }
    if (typeof place !== 'object' || place === null) throw new Error(`${reference} leads nowhere`)
    return place
  }
}

const nothingToResolve: Resolve = (reference) => {
  throw new Error(`${reference} in a contract`)
}
