import type { ListReference } from '@songnhap/contracts'

const NAME = /^[a-z][a-z0-9-]{0,63}$/
const DATE = /^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
/** More fields than any form has. */
const FIELDS_MAX = 1_000

/** What of something that may be a form can be said about its lists. */
export interface ListReferences {
  /** A field's place, and the list that it names. */
  readonly named: readonly { readonly pointer: string; readonly list: ListReference }[]
  readonly own: readonly ListReference[]
}

export function listReferences(input: unknown): ListReferences {
  const fields = arrayIn(input, 'fields').slice(0, FIELDS_MAX)
  return {
    named: fields.flatMap((field, index) => {
      const list = referenceOf(propertyOf(field, 'list'))
      return list === undefined ? [] : [{ pointer: `/fields/${index}/list`, list }]
    }),
    own: arrayIn(input, 'lists').flatMap((list) => referenceOf(list) ?? []),
  }
}

function referenceOf(input: unknown): ListReference | undefined {
  const [name, date] = [propertyOf(input, 'name'), propertyOf(input, 'date')]
  if (typeof name !== 'string' || typeof date !== 'string') return undefined
  return NAME.test(name) && DATE.test(date) ? { name, date } : undefined
}

function arrayIn(input: unknown, name: string): readonly unknown[] {
  const value = propertyOf(input, name)
  return Array.isArray(value) ? value : []
}

function propertyOf(input: unknown, name: string): unknown {
  return typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined
}
