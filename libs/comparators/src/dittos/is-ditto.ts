import type { FieldDefinition } from '@songnhap/contracts'
import type { Content } from '../compare-readings.ts'
import { lowerCase } from '../text/change-case.ts'
import { normaliseText } from '../text/normalise-text.ts'

/** How registers write “the same as above”, without hyphens, points and quotation marks around it. */
const DITTO_WORDS = new Set(['nt', 'n.t', 'như trên', 'ditto'])
const AROUND = /^[-–—.\s]+|[-–—.\s]+$/g
const DITTO_SIGN = /^["“”'’″〃\s]+$/u
/** Most values are told from a ditto mark by their first letter. */
const BEGINS_OTHERWISE = /^[a-ce-mo-z0-9]/i
/** Longer values are something else, and need not be looked at. */
const LENGTH_MAX = 24

/** Whether a reading stands for another one; only in fields whose form says for which. */
export function isDitto(field: Pick<FieldDefinition, 'dittoFrom'>, content: Content): boolean {
  if (field.dittoFrom === undefined) return false
  if (content.mark === 'ditto') return true
  return content.mark === undefined && content.value !== '' && isDittoSign(content.value)
}

/** The ditto mark alone, without the meaning that a typist may put beside it. */
export function hasOwnMeaning({ value }: Content): boolean {
  return normaliseText(value) !== '' && !isDittoSign(value)
}

function isDittoSign(value: string): boolean {
  if (value.length > LENGTH_MAX || BEGINS_OTHERWISE.test(value)) return false
  if (DITTO_SIGN.test(value)) return value.trim() !== ''
  return DITTO_WORDS.has(lowerCase(normaliseText(value)).replace(AROUND, ''))
}
