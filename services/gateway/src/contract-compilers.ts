/** How the server checks what comes in and what goes out against the contracts of its routes. */
import { Problem } from '@songnhap/contracts'
import { ContractBroken, checkStrictly } from '@songnhap/contracts/check'
import type { TSchema } from 'typebox'
import { Clean } from 'typebox/value'

/** Bodies, parameters and queries as all other messages: exactly, and without converting. */
export function compileValidator({ schema, httpPart }: { schema: TSchema; httpPart?: string }) {
  const check = checkStrictly(httpPart ?? 'request', schema)
  return (value: unknown) => {
    try {
      return { value: check(value) }
    } catch (error) {
      if (!(error instanceof ContractBroken)) throw error
      return { error: new Problem('MALFORMED', error.details) }
    }
  }
}

/**
 * Answers without whatever the contract does not name, so that nothing gets out because some service
 * learned to say more. Not fast-json-stringify, which chokes on tuples of unions.
 */
export function compileSerializer({ schema }: { schema: TSchema }) {
  return (value: unknown) => JSON.stringify(Clean(schema, value))
}
