import type { FormFinding } from '../finding.ts'
import type { FormKeyword } from './form-keyword.ts'
import { type FormOutline, looseOptionsOf } from './form-outline.ts'
import { arrayOf, type Loose, objectOf, textOf } from './loose-json.ts'

const RECORD_ABOVE = 'record-above'

/** `dittoPossible: true`: what a ditto mark repeats is there, and can stand in this field. */
export const DITTO_POSSIBLE: FormKeyword<true> = {
  name: 'dittoPossible',
  find: (_, { data, form }) => {
    const field = objectOf(data)
    const from = textOf(field['dittoFrom'])
    if (from === undefined) return []
    const marks = field['marks']
    const unmarkable = Array.isArray(marks) && !arrayOf(marks).includes('ditto')
    const messages = [
      ...(unmarkable ? ['has no effect: marks does not have ditto'] : []),
      ...(from === RECORD_ABOVE ? aboveIsThere(form) : otherIsThere(form, field, from)),
    ]
    return messages.map((message): FormFinding => ({ pointer: '/dittoFrom', message }))
  },
}

function aboveIsThere(form: FormOutline): string[] {
  if (!form.manyRecords) return ['has no effect: there is one record a page, and none above']
  return form.freeOrder ? ['is not known where recordOrder is free'] : []
}

function otherIsThere(form: FormOutline, field: Loose, from: string): string[] {
  const other = form.fields.get(from)
  if (other === undefined) return ['is no field of this form']
  if (leadsBack(form, textOf(field['name']))) return ['leads back to this field']
  if (other['kind'] !== field['kind']) return ['must be a field of the same kind']
  if (field['entry'] !== 'single' && other['entry'] === 'single') {
    return ['is a single field, which whoever keys core fields only does not see']
  }
  const sameOptions =
    JSON.stringify(looseOptionsOf(form, field)) === JSON.stringify(looseOptionsOf(form, other))
  return sameOptions ? [] : ['must be a field with the same options']
}

/** At most as many steps as there are fields: more would be a circle that the field is not in. */
function leadsBack(form: FormOutline, name: string | undefined): boolean {
  let at = name
  for (let steps = 0; steps < form.fields.size; steps += 1) {
    at = textOf(form.fields.get(at ?? '')?.['dittoFrom'])
    if (at === undefined || at === RECORD_ABOVE) return false
    if (at === name) return true
  }
  return false
}
