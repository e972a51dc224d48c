import { type Check, checkLeniently, checkStrictly } from '@songnhap/contracts/check'
import type { TSchema } from 'typebox'

type Make = (what: string, schema: TSchema) => Check<TSchema>

/** The check of this schema, compiled once: a subscription for each connected person would leak. */
export const strictly = once(checkStrictly)
export const leniently = once(checkLeniently)

function once(make: Make): Make {
  const made = new WeakMap<TSchema, Check<TSchema>>()
  return (what, schema) => {
    const check = made.get(schema) ?? make(what, schema)
    made.set(schema, check)
    return check
  }
}
