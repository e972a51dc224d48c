import type { CheckRule, FieldKind } from '@songnhap/contracts'

/** Keywords at a place of the schema, by pointer from where they are given. */
type Placed = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const COUNTED: readonly FieldKind[] = ['integer', 'money', 'number', 'registration-number']
const BOOKS: readonly FieldKind[] = ['book-number', 'registration-number', 'integer', 'date']

const of = (...kinds: FieldKind[]) => ({ namesField: { kinds } })
const ANY = { namesField: {} }
const MANY_NAMES = { uniqueItems: true }

/**
 * What a rule asks of the form. Total, so that a new rule does not compile until it is decided which
 * fields it is for.
 */
export const KINDS_OF_RULE: Record<CheckRule['kind'], Placed> = {
  'in-order': {
    '': { differ: ['earlier', 'later'] },
    '/properties/earlier': of('date'),
    '/properties/later': of('date'),
  },
  'time-between': {
    '': {
      differ: ['from', 'to'],
      someOf: ['daysMin', 'daysMax', 'yearsMin', 'yearsMax'],
      bounds: [
        ['daysMin', 'daysMax'],
        ['yearsMin', 'yearsMax'],
      ],
    },
    '/properties/from': of('date'),
    '/properties/to': of('date'),
  },
  'real-date': { '/properties/field': of('date') },
  'words-equal-digits': {
    '': { differ: ['words', 'digits'] },
    '/properties/words': of('date', 'text'),
    '/properties/digits': of('date'),
  },
  'year-of-book': {
    '': { differ: ['date', 'book'] },
    '/properties/date': of('date'),
    '/properties/book': of(...BOOKS),
  },
  'identity-number': {
    '/properties/number': of('identity-number'),
    '/properties/sex': of('choice'),
    '/properties/born': of('date'),
  },
  'family-name': {
    '/properties/field': of('name'),
    '/properties/sameAsOneOf': MANY_NAMES,
    '/properties/sameAsOneOf/items': of('name'),
  },
  'without-words': { '/properties/field': of('name', 'text', 'place') },
  empty: { '/properties/fields': MANY_NAMES, '/properties/fields/items': ANY },
  filled: { '/properties/fields': MANY_NAMES, '/properties/fields/items': ANY },
  between: {
    '': { someOf: ['min', 'max'], bounds: [['min', 'max']] },
    '/properties/field': of(...COUNTED),
  },
  ascending: {
    '': { onlyForManyRecords: true, onlyInOrder: true },
    '/properties/field': of('integer', 'number', 'registration-number'),
  },
  unique: {
    '': { onlyForManyRecords: true },
    '/properties/field': ANY,
    '/properties/with': MANY_NAMES,
    '/properties/with/items': ANY,
  },
  differ: {
    '/properties/fields': { ...MANY_NAMES, sameKind: true },
    '/properties/fields/items/0': ANY,
    '/properties/fields/items/1': ANY,
  },
  'unit-on-date': { '/properties/place': of('place', 'text'), '/properties/date': of('date') },
}
