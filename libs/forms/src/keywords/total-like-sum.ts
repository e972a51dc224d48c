import type { FormKeyword } from './form-keyword.ts'
import { objectOf, textOf } from './loose-json.ts'

/** `totalLikeSum: true`: a total is a field of the kind of what is added up; a count is an integer. */
export const TOTAL_LIKE_SUM: FormKeyword<true> = {
  name: 'totalLikeSum',
  find: (_, { data, form }) => {
    const { of, total } = objectOf(data)
    const kindOf = (name: unknown) => textOf(form.fields.get(textOf(name) ?? '')?.['kind'])
    const kind = kindOf(total)
    const wanted = of === undefined ? 'integer' : kindOf(of)
    // Of another kind nothing is added up, which is told where it is named.
    const isSum = wanted === 'integer' || wanted === 'money'
    return kind === undefined || !isSum || kind === wanted
      ? []
      : [{ pointer: '/total', message: `must be a field of kind ${wanted}` }]
  },
}
