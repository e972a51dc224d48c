/** Which part of a page one keying is asked for. Pure. */
import { isDeepStrictEqual } from 'node:util'
import type {
  Cells,
  FormDefinition,
  Places,
  TypedRecords,
  TypingAssignment,
} from '@songnhap/contracts'
import { checkRecords } from '@songnhap/forms'

export interface Portion {
  /** Undefined: all of the page's records. */
  readonly places: Places | undefined
  /** Without the form's single fields. */
  readonly coreOnly: boolean
  /** Of each of these records only these fields. Undefined: all of them. */
  readonly cells: Cells | undefined
}

type Mentioned = Pick<TypingAssignment, 'places' | 'coreOnly' | 'cells'>

/** As assignments and facts say it: what is asked in full is not mentioned. */
export function mention({ places, coreOnly, cells }: Portion): Mentioned {
  return {
    ...(places === undefined ? {} : { places }),
    ...(coreOnly ? { coreOnly } : {}),
    ...(cells === undefined ? {} : { cells }),
  }
}

export function isSamePortion(one: Portion, other: Portion): boolean {
  return isDeepStrictEqual(mention(one), mention(other))
}

/** With the form's single fields where they were left out, and the other way round. */
export function withOtherFields({ coreOnly, ...portion }: Portion): Portion {
  return { ...portion, coreOnly: !coreOnly }
}

/** Those of the portions that the records are, exactly. A page without records may be several. */
export function portionsOf(
  form: FormDefinition,
  records: TypedRecords,
  portions: readonly Portion[],
): Portion[] {
  return portions.filter((portion) => checkRecords(form, records, mention(portion)).length === 0)
}
