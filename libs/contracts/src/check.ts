/**
 * Contracts compiled by ajv. Producers are strict: a message with a field that its contract does not
 * know is a bug at home. Consumers are lenient: they look past fields that they do not know, so that
 * a producer may be upgraded first (docs/decisions/0004).
 */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { Static, TSchema } from 'typebox'

const ajv = new Ajv({ strict: true, strictTuples: false, allowUnionTypes: true })
addFormats.default(ajv, ['uuid', 'date', 'date-time'])

export class ContractBroken extends Error {
  /** Where and how, never what: messages name paths and rules, no value. */
  readonly details: readonly string[]

  constructor(what: string, errors: readonly ErrorObject[]) {
    const details = errors.map((error) => `${error.instancePath || '/'} ${wordsFor(error)}`)
    super(`${what}: ${details.join('; ')}`)
    this.name = 'ContractBroken'
    this.details = details
  }
}

/** Allowed values are the contract's own, not what somebody typed: naming them helps. */
function wordsFor({ keyword, message, params }: ErrorObject): string {
  if (keyword === 'enum') return `must be one of ${params['allowedValues'].join(', ')}`
  if (keyword === 'const') return `must be ${params['allowedValue']}`
  return message ?? keyword
}

export type Check<S extends TSchema> = (value: unknown) => Static<S>

/** For what we send: throws ContractBroken on anything the schema does not name. */
export function checkStrictly<S extends TSchema>(what: string, schema: S): Check<S> {
  return asCheck(what, () => ajv.compile<Static<S>>(schema))
}

/** For what we receive: lets unknown properties pass, throws ContractBroken on anything else. */
export function checkLeniently<S extends TSchema>(what: string, schema: S): Check<S> {
  return asCheck(what, () => ajv.compile<Static<S>>(opened(schema)))
}

function asCheck<T>(what: string, compile: () => ValidateFunction<T>) {
  let validate: ValidateFunction<T> | undefined
  return (value: unknown): T => {
    validate ??= compile()
    if (!validate(value)) throw new ContractBroken(what, validate.errors ?? [])
    return value
  }
}

/**
 * The schema without its bans on further properties. Not ajv's `removeAdditional`, which in a union
 * deletes what the first, failing member does not know and the second one needs.
 */
function opened(schema: TSchema): object {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('additionalProperties' in value))
      return value
    if (value.additionalProperties !== false) return value
    const { additionalProperties: _, ...rest } = value
    return rest
  })
}
