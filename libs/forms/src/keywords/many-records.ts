import { type FormKeyword, here } from './form-keyword.ts'

/** `onlyForManyRecords: true | [values]`: says nothing of pages that are one record. */
export const ONLY_FOR_MANY_RECORDS: FormKeyword<true | readonly unknown[]> = {
  name: 'onlyForManyRecords',
  find: (asked, { data, form }) => {
    const applies = asked === true || asked.includes(data)
    return applies && !form.manyRecords
      ? [here('has no effect: there is one record a page (recordsMax)')]
      : []
  },
}

/** `onlyInOrder: true`: needs a record before this one, which a free order does not have. */
export const ONLY_IN_ORDER: FormKeyword<true> = {
  name: 'onlyInOrder',
  find: (_, { form }) => (form.freeOrder ? [here('has no meaning where recordOrder is free')] : []),
}
