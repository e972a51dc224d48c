import type { FormFinding } from '../finding.ts'
import { type FormKeyword, here } from './form-keyword.ts'
import { objectOf } from './loose-json.ts'

/** Room for what a fraction loses on its way: .1 + .9 may be a little more than 1. */
const ROUNDING = 1e-9

/** `insideImage: true`: a zone has a size, and ends within the image. */
export const INSIDE_IMAGE: FormKeyword<true> = {
  name: 'insideImage',
  find: (_, { data }) => {
    const { x, y, width, height } = objectOf(data)
    return [...checkSide('width', x, width), ...checkSide('height', y, height)]
  },
}

function checkSide(name: string, start: unknown, size: unknown): FormFinding[] {
  const pointer = `/${name}`
  if (size === 0) return [{ pointer, message: 'must be more than 0' }]
  if (typeof start !== 'number' || typeof size !== 'number') return []
  return start + size > 1 + ROUNDING
    ? [{ pointer, message: 'reaches beyond the edge of the image' }]
    : []
}

/** `someOf: ["min", "max"]`: at least one of these is given. */
export const SOME_OF: FormKeyword<readonly string[]> = {
  name: 'someOf',
  find: (names, { data }) => {
    const parts = objectOf(data)
    return names.some((name) => Object.hasOwn(parts, name))
      ? []
      : [here(`needs at least one of ${names.join(', ')}`)]
  },
}

/** `bounds: [["min", "max"]]`: where both are given, the first is not more than the second. */
export const BOUNDS: FormKeyword<readonly (readonly [string, string])[]> = {
  name: 'bounds',
  find: (pairs, { data }) => {
    const parts = objectOf(data)
    return pairs.flatMap(([least, most]) => {
      const [low, high] = [parts[least], parts[most]]
      const comparable =
        (typeof low === 'number' && typeof high === 'number') ||
        (typeof low === 'string' && typeof high === 'string')
      return comparable && low > high
        ? [{ pointer: `/${least}`, message: `must not be more than ${most}` }]
        : []
    })
  },
}
