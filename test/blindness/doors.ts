import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { ClientMessage, type ProblemCode } from '@songnhap/contracts'
import { type Operation as Described, type Parameter, readOperations } from '@songnhap/testkit'
import { exampleOf, type Knowledge, type Schema } from './example-of.ts'
import type { Asking } from './exchange.ts'

const SERVED = ['../../services/gateway/public', '../../web/dist'].map((folder) =>
  join(import.meta.dirname, folder),
)
/** Fewer means that they were not found. */
const OPERATIONS_MIN = 20
const MULTIPART = 'multipart/form-data'
const BOUNDARY = 'ranh-gioi'

/** One method of one path: something that anybody may try. */
export interface Operation {
  readonly title: string
  readonly method: string
  /** The codes with which it may refuse. */
  readonly refusals: readonly ProblemCode[]
  /** Whether it is about a lease, by a parameter or by its body. */
  readonly needsLease: boolean
  /** A request that fits the contract, of what is known. */
  ask(known: Knowledge): Asking
}

/** Every operation of the document that the gateway makes of the routes it has registered. */
export async function findOperations(gatewayUrl: string): Promise<Operation[]> {
  const operations = (await readOperations(gatewayUrl)).map(operationOf)
  if (operations.length < OPERATIONS_MIN) throw new Error('the operations were not found')
  return operations
}

/** Every message that a client may send, by its type, as the contract has them. */
export function findMessages(): { type: string; needsLease: boolean; make: MakeMessage }[] {
  return ClientMessage.anyOf.map((schema) => ({
    type: schema.properties.type.const,
    needsLease: Object.hasOwn(schema.properties, 'leaseToken'),
    make: (known) => exampleOf(schema, '', known) as object,
  }))
}
type MakeMessage = (known: Knowledge) => object

/** Every file that the gateway serves, as an address. */
export async function findFiles(): Promise<string[]> {
  const files = await Promise.all(
    SERVED.map(async (folder) => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    }),
  )
  return files
    .flat()
    .map((path) => path.replaceAll(sep, '/'))
    .sort()
}

function operationOf({ method, path, parameters, body: taken, refusals }: Described): Operation {
  const inBody = Object.keys((taken?.schema as Schema | undefined)?.properties ?? {})
  return {
    title: `${method} ${path}`,
    method,
    refusals,
    needsLease: [...parameters.map(({ name }) => name), ...inBody].includes('leaseToken'),
    ask(known) {
      const textOf = ({ name, schema }: Parameter) =>
        encodeURIComponent(String(exampleOf(schema, name, known)))
      const inPath = parameters.filter((parameter) => parameter.in === 'path')
      const filled = inPath.reduce(
        (text, parameter) => text.replace(`{${parameter.name}}`, textOf(parameter)),
        path,
      )
      const query = parameters
        .filter((parameter) => parameter.in === 'query' && parameter.required)
        .map((parameter) => `${parameter.name}=${textOf(parameter)}`)
        .join('&')
      const address = query === '' ? filled : `${filled}?${query}`
      if (taken === undefined) return { method, path: address, headers: {} }
      if (taken.mediaType === MULTIPART) return { method, path: address, ...multipart() }
      const body = JSON.stringify(exampleOf(taken.schema, '', known))
      return { method, path: address, headers: { 'content-type': taken.mediaType }, body }
    },
  }
}

function multipart(): Pick<Asking, 'headers' | 'body'> {
  const head = 'content-disposition: form-data; name="files"; filename="trang.png"'
  return {
    headers: { 'content-type': `${MULTIPART}; boundary=${BOUNDARY}` },
    body: `--${BOUNDARY}\r\n${head}\r\n\r\nkhông phải ảnh\r\n--${BOUNDARY}--\r\n`,
  }
}
