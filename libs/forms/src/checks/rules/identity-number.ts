import { checkIdentityNumber } from '@songnhap/comparators'
import { boundsOf } from '../date-bounds.ts'
import { dateIn, fieldOf, plainValue, standardValue } from '../read-field.ts'
import type { RecordOfPage } from '../rule-check.ts'
import type { RuleOf } from '../rule-of.ts'

type Sex = 'male' | 'female'

const SEXES: ReadonlyMap<string, Sex> = new Map([
  ['nam', 'male'],
  ['male', 'male'],
  ['nữ', 'female'],
  ['female', 'female'],
])

export const IDENTITY_NUMBER: RuleOf<'identity-number'> = {
  find: ({ number, sex, sexIs, born }, at) => {
    const value = plainValue(at.record, number)
    if (value === undefined) return undefined
    const said = sexIs ?? (sex === undefined ? undefined : sexIn(at, sex))
    const year = born === undefined ? undefined : boundsOf(dateIn(at.record, born))?.first.year
    const detail = checkIdentityNumber(value, {
      ...(said === undefined ? {} : { sex: said }),
      ...(year === undefined ? {} : { birthYear: year }),
    })
    const fields = [number, ...[sex, born].filter((name) => name !== undefined)]
    return detail.length > 0 ? { fields, detail } : undefined
  },
}

/** By the option's own text or its English label: lists write it in their own way. */
function sexIn({ form, record }: RecordOfPage, name: string): Sex | undefined {
  const value = standardValue(form, record, name)
  const option = fieldOf(form, name)?.options?.find((each) => each.value === value)
  const texts = [value, option?.label.en].filter((text) => text !== undefined)
  return texts.map((text) => SEXES.get(text.toLowerCase())).find((sex) => sex !== undefined)
}
