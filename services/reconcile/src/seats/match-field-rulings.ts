/** Rulings on single fields that are asked apart from the page's own arbitration. Pure. */
import {
  type FieldDefinition,
  type FormDefinition,
  Problem,
  type Ruling,
  type Verdict,
} from '@songnhap/contracts'
import { uuidv7 } from 'uuidv7'
import { checkValue, FITTING } from '../check-ruling.ts'

/** Of three readings, that both may stand would not say which two. */
const OF_THREE: readonly Verdict[] = [...FITTING.field.filter((one) => one !== 'both'), 'third']

interface AskedField {
  /** As its question is known outside. */
  readonly itemId: string
  readonly record: number
  readonly field: FieldDefinition
  /** Where a third reading stands among those shown; without one there are two. */
  readonly question?: { readonly thirdAt: number | null }
}

export interface RuledItem<I extends AskedField> {
  readonly rulingId: string
  readonly item: I
  readonly ruling: Ruling
}

interface Sitting<I extends AskedField> {
  readonly form: FormDefinition
  /** What is for this seat to rule on. */
  readonly mine: readonly I[]
  /** All that is asked of the page, for whomever. */
  readonly all: readonly I[]
  /** Nobody comes after this seat. */
  readonly isLast: boolean
}

/** Each ruling with what it is about. A submission of which one ruling does not fit is refused as a whole. */
export function matchFieldRulings<I extends AskedField>(
  { form, mine, all, isLast }: Sitting<I>,
  rulings: readonly Ruling[],
): RuledItem<I>[] {
  const findings: string[] = []
  const ruled = rulings.map((ruling) => {
    const item = mine.find(({ itemId }) => itemId === ruling.questionId)
    if (item === undefined) {
      const known = all.some(({ itemId }) => itemId === ruling.questionId)
      throw known
        ? new Problem('RULED_ALREADY')
        : new Problem('RULING_INVALID', ['unknown question'])
    }
    const place = `record ${item.record}, ${item.field.name}`
    const found = check(form, item, isLast, ruling)
    findings.push(...found.map((finding) => `${place}: ${finding}`))
    return { rulingId: uuidv7(), item, ruling }
  })
  if (new Set(rulings.map(({ questionId }) => questionId)).size < rulings.length) {
    findings.push('one question is ruled on twice')
  }
  if (findings.length > 0) throw new Problem('RULING_INVALID', findings)
  return ruled
}

function check(
  form: FormDefinition,
  { field, question }: AskedField,
  isLast: boolean,
  { verdict, value, pairs, note }: Ruling,
): string[] {
  const isOfThree = (question?.thirdAt ?? null) !== null
  const fitting = isOfThree ? OF_THREE : FITTING.field
  if (!fitting.includes(verdict)) return [`it asks about one field: ${fitting.join(', ')}`]
  if (verdict !== 'other' && value !== undefined) return ['a value goes with "other" only']
  if (pairs !== undefined) return ['pairs go with "aligned" only']
  if (verdict === 'escalate') {
    if (isLast) return ['was passed on already and must be ruled on']
    return note === undefined ? ['passing a question on needs a note'] : []
  }
  if (verdict !== 'other') return []
  return value === undefined ? ['"other" needs a value'] : checkValue(form, field.name, value)
}
