import type { FormKeyword } from './form-keyword.ts'
import { looseOptionsOf } from './form-outline.ts'
import { kindOfField } from './kind-of-field.ts'
import { objectOf, textOf, textsOf } from './loose-json.ts'

/** `conditionPossible: true`: the field is there and can have such a value, and a day is asked of a date only. */
export const CONDITION_POSSIBLE: FormKeyword<true> = {
  name: 'conditionPossible',
  find: (_, { data, form }) => {
    const condition = objectOf(data)
    const field = form.fields.get(textOf(condition['field']) ?? '')
    const kind = kindOfField(field?.['kind'])
    if (textOf(condition['field']) !== undefined && field === undefined) {
      return [{ pointer: '/field', message: 'is no field of this form' }]
    }
    if (field === undefined || kind === undefined) return []
    const asksDay = ['from', 'before'].some((name) => Object.hasOwn(condition, name))
    if (asksDay && kind !== 'date') {
      return [{ pointer: '/field', message: `is a field of kind ${kind}; must be of kind date` }]
    }
    if (kind !== 'choice' || field['open'] === true) return []
    const values = new Set(looseOptionsOf(form, field).map((option) => objectOf(option)['value']))
    return textsOf(condition['is']).flatMap((value, index) =>
      values.has(value) ? [] : [{ pointer: `/is/${index}`, message: 'is no option of the field' }],
    )
  },
}
