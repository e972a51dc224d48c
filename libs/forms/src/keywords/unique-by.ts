import type { FormKeyword } from './form-keyword.ts'
import { arrayOf, objectOf, stepTo } from './loose-json.ts'

/** `uniqueBy: ["name"]`: no two items have the same in all of these. */
export const UNIQUE_BY: FormKeyword<readonly string[]> = {
  name: 'uniqueBy',
  find: (names, { data }) => {
    const first = new Map<string, number>()
    return arrayOf(data).flatMap((item, index) => {
      const parts = objectOf(item)
      const values = names.map((name) => parts[name])
      if (values.some((value) => typeof value !== 'string')) return []
      const key = JSON.stringify(values)
      const earlier = first.get(key)
      if (earlier === undefined) {
        first.set(key, index)
        return []
      }
      const pointer = stepTo(index) + stepTo(names[0] ?? '')
      return [{ pointer, message: `is the same ${names.join(' and ')} as item ${earlier} has` }]
    })
  },
}
