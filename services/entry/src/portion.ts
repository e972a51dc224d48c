/** Which part of a page one keying is asked for. Pure. */
import { isDeepStrictEqual } from 'node:util'
import type { FormDefinition, Places, TypedRecords } from '@songnhap/contracts'
import { checkRecords } from '@songnhap/forms'

export interface Portion {
  /** Undefined: all of the page's records. */
  readonly places: Places | undefined
  /** Without the form's single fields. */
  readonly coreOnly: boolean
}

/** As assignments and facts say it: what is asked in full is not mentioned. */
export function mention({ places, coreOnly }: Portion): { places?: Places; coreOnly?: true } {
  return { ...(places === undefined ? {} : { places }), ...(coreOnly ? { coreOnly } : {}) }
}

export function isSamePortion(one: Portion, other: Portion): boolean {
  return one.coreOnly === other.coreOnly && isDeepStrictEqual(one.places, other.places)
}

/** With the form's single fields where they were left out, and the other way round. */
export function withOtherFields({ places, coreOnly }: Portion): Portion {
  return { places, coreOnly: !coreOnly }
}

/** Those of the portions that the records are, exactly. A page without records may be several. */
export function portionsOf(
  form: FormDefinition,
  records: TypedRecords,
  portions: readonly Portion[],
): Portion[] {
  return portions.filter((portion) => checkRecords(form, records, mention(portion)).length === 0)
}
