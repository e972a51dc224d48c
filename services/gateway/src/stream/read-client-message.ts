import { ClientMessage } from '@songnhap/contracts'
import { type Check, ContractBroken, checkStrictly } from '@songnhap/contracts/check'

const REF_LENGTH_MAX = 64

export type Heard =
  | { readonly kind: 'message'; readonly message: ClientMessage }
  | { readonly kind: 'malformed'; readonly ref?: string; readonly details: readonly string[] }

/** By type, so that a refusal speaks of the one kind that was meant and not of all. */
const checks = new Map<unknown, Check<(typeof ClientMessage)['anyOf'][number]>>(
  ClientMessage.anyOf.map((schema) => [
    schema.properties.type.const,
    checkStrictly(schema.properties.type.const, schema),
  ]),
)

/** What is malformed keeps its `ref` where it has one, so that the client knows what was refused. */
export function readClientMessage(text: string): Heard {
  const value = parse(text)
  if (typeof value !== 'object' || value === null) {
    return { kind: 'malformed', details: ['not a JSON object'] }
  }
  const check = checks.get('type' in value ? value.type : undefined)
  if (check === undefined) {
    return { kind: 'malformed', ...refOf(value), details: ['/type is unknown'] }
  }
  try {
    return { kind: 'message', message: check(value) }
  } catch (error) {
    if (!(error instanceof ContractBroken)) throw error
    return { kind: 'malformed', ...refOf(value), details: error.details }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refOf(value: object): { ref?: string } {
  if (!('ref' in value) || typeof value.ref !== 'string') return {}
  const { ref } = value
  return ref.length > 0 && ref.length <= REF_LENGTH_MAX ? { ref } : {}
}
