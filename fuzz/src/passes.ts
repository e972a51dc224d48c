import {
  type Check,
  ContractBroken,
  checkLeniently,
  checkStrictly,
} from '@songnhap/contracts/check'
import type { TSchema } from 'typebox'

const checks = {
  strictly: new WeakMap<object, Check<TSchema>>(),
  leniently: new WeakMap<object, Check<TSchema>>(),
}
const make = { strictly: checkStrictly, leniently: checkLeniently }
/** Ignores a byte order mark and replaces what is no UTF-8, as whoever receives the bytes does. */
const decoder = new TextDecoder()

/** Whether these bytes are JSON of this schema. */
export function passes(schema: object, bytes: Uint8Array, how: keyof typeof checks): boolean {
  const check = checks[how].get(schema) ?? make[how]('an input', schema)
  checks[how].set(schema, check)
  try {
    check(JSON.parse(decoder.decode(bytes)))
    return true
  } catch (error) {
    if (error instanceof ContractBroken || error instanceof SyntaxError) return false
    throw error
  }
}
