import type { FieldKind } from '@songnhap/contracts'
import { type FormKeyword, here } from './form-keyword.ts'
import { keyOfList } from './form-outline.ts'
import { kindOfField } from './kind-of-field.ts'
import { objectOf, textOf } from './loose-json.ts'

/** `namesField: {kinds?}`: the text is the name of a field, and of a kind that fits. */
export const NAMES_FIELD: FormKeyword<{ readonly kinds?: readonly FieldKind[] }> = {
  name: 'namesField',
  find: ({ kinds }, { data, form }) => {
    const name = textOf(data)
    if (name === undefined) return []
    const field = form.fields.get(name)
    if (field === undefined) return [here('is no field of this form')]
    const kind = kindOfField(field['kind'])
    if (kinds === undefined || kind === undefined || kinds.some((fits) => fits === kind)) return []
    return [here(`is a field of kind ${kind}; must be of kind ${kinds.join(', ')}`)]
  },
}

export const NAMES_LAYOUT: FormKeyword<true> = {
  name: 'namesLayout',
  find: (_, { data, form }) => {
    const name = textOf(data)
    return name === undefined || form.layouts.has(name) ? [] : [here('is no layout of this form')]
  },
}

export const NAMES_LIST: FormKeyword<true> = {
  name: 'namesList',
  find: (_, { data, form }) => {
    const key = keyOfList(objectOf(data))
    return key === undefined || form.lists.has(key)
      ? []
      : [here('is no list of this form; lists must have one with this name and date')]
  },
}

/** `differ: ["earlier", "later"]`: these properties are not the same. */
export const DIFFER: FormKeyword<readonly [string, string]> = {
  name: 'differ',
  find: ([one, other], { data }) => {
    const parts = objectOf(data)
    const same = parts[one] !== undefined && parts[one] === parts[other]
    return same ? [{ pointer: `/${other}`, message: `must not be the same as ${one}` }] : []
  },
}

/** `sameKind: true`: the fields that the list names are of one kind. */
export const SAME_KIND: FormKeyword<true> = {
  name: 'sameKind',
  find: (_, { data, form }) => {
    const names = Array.isArray(data) ? data : []
    const kinds = names.map((name) => kindOfField(form.fields.get(String(name))?.['kind']))
    const known = kinds.filter((kind) => kind !== undefined)
    return new Set(known).size > 1 ? [here(`must be of one kind, not ${known.join(' and ')}`)] : []
  },
}
