/** The HTTP doors, as the gateway itself describes them in its OpenAPI document. */
import type { ProblemCode } from '@songnhap/contracts'
import type { JsonSchema } from './arbitrary-of.ts'

export interface Operation {
  readonly method: string
  /** With the names of parameters in braces. */
  readonly path: string
  /** `public`, `signed-in`, or roles. */
  readonly access: unknown
  /** The codes with which it may refuse. */
  readonly refusals: readonly ProblemCode[]
  readonly parameters: readonly Parameter[]
  readonly body: { readonly mediaType: string; readonly schema: JsonSchema } | undefined
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly schema: JsonSchema
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
}

interface Described {
  readonly 'x-access': unknown
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema: JsonSchema }>> }
  readonly responses: Readonly<Record<string, { readonly 'x-problems'?: readonly ProblemCode[] }>>
}

export async function readOperations(gatewayUrl: string): Promise<Operation[]> {
  const answer = await fetch(new URL('/api/openapi.json', gatewayUrl))
  const served: unknown = await answer.json()
  const { paths } = withoutReferences(served) as Document
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(method, path, described)),
  )
}

function operationOf(method: string, path: string, described: Described): Operation {
  const { parameters = [], requestBody, responses } = described
  const [content] = Object.entries(requestBody?.content ?? {})
  return {
    method: method.toUpperCase(),
    path,
    access: described['x-access'],
    refusals: Object.values(responses).flatMap((one) => one['x-problems'] ?? []),
    parameters,
    body: content === undefined ? undefined : { mediaType: content[0], schema: content[1].schema },
  }
}

/** Schemas are checked and made one by one, so each is given whole. */
function withoutReferences(document: unknown): unknown {
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit)
    if (typeof part !== 'object' || part === null) return part
    if ('$ref' in part && typeof part.$ref === 'string') return visit(follow(document, part.$ref))
    const entries = Object.entries(part).map(([key, value]) => [key, visit(value)])
    return asContractsWrite(Object.fromEntries(entries))
  }
  return visit(document)
}

/** OpenAPI follows a later draft of JSON Schema than our contracts, which names tuples differently. */
function asContractsWrite(schema: Readonly<Record<string, unknown>>): unknown {
  if (!('prefixItems' in schema)) return schema
  const { prefixItems, items: _, ...rest } = schema
  return { ...rest, items: prefixItems, additionalItems: false }
}

function follow(document: unknown, reference: string): unknown {
  return reference
    .replace('#/', '')
    .split('/')
    .reduce((part, name) => Reflect.get(Object(part), name) as unknown, document)
}
