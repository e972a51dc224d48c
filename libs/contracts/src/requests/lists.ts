import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { CodeList, ListReference } from '../form-definition.ts'
import { Bilingual, closed } from '../primitives.ts'

export const ListSummary = closed({
  ...ListReference.properties,
  label: Bilingual,
  entries: Type.Integer({ minimum: 1 }),
})
export type ListSummary = Static<typeof ListSummary>

/** An edition (name, date) of a list in a list of lists. */
export const ListKey = Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}@[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

/** Keeps an edition of a code list, which never changes again. The same again changes nothing. */
export const importList = defineRequest(
  'intake',
  'list.import.v1',
  closed({
    ...CodeList.properties,
    /** The database knows no year 0. */
    date: Type.String({ format: 'date', pattern: '^[12]' }),
  }),
  closed({ outcome: Type.Enum(['imported', 'unchanged']) }),
)

/** Editions by name and date, 500 at most a call; `after` is the last one's NAME@DATE. */
export const listLists = defineRequest(
  'intake',
  'list.list.v1',
  closed({ after: Type.Optional(ListKey) }),
  closed({ lists: Type.Array(ListSummary), more: Type.Boolean() }),
)

export const readList = defineRequest('intake', 'list.read.v1', ListReference, CodeList)
