import { checkValue } from '../check-value.ts'
import type { FormFinding } from '../finding.ts'
import type { FormKeyword } from './form-keyword.ts'
import { looseOptionsOf } from './form-outline.ts'
import { arrayOf, objectOf, stepTo, textOf } from './loose-json.ts'

interface Way {
  readonly option: number
  readonly text: string
  readonly pointer: string
}

/** `optionTexts: true`: every text of an option can be entered, and says which option it is. */
export const OPTION_TEXTS: FormKeyword<true> = {
  name: 'optionTexts',
  find: (_, { data }) => {
    const texts = waysIn(arrayOf(data))
    const codes = codesIn(arrayOf(data))
    const first = new Map<string, Way>()
    const findings: FormFinding[] = []
    for (const way of [...texts, ...codes]) {
      const { option, text, pointer } = way
      findings.push(...checkValue(text, Infinity).map((message) => ({ pointer, message })))
      // Options that look the same but for Unicode form would be taken for one by the comparison.
      const key = text.normalize('NFC')
      const earlier = first.get(key)
      if (earlier === undefined) first.set(key, way)
      // An option's code may be its own value as well.
      else if (earlier.option !== option || !pointer.endsWith('/code')) {
        findings.push({ pointer, message: `is the same text as option ${earlier.option} has` })
      }
    }
    return findings
  },
}

/** `optionsFit: true`: the field has room for each of its options, its own or its list's. */
export const OPTIONS_FIT: FormKeyword<true> = {
  name: 'optionsFit',
  find: (_, { data, form }) => {
    const field = objectOf(data)
    const { lengthMax } = field
    if (typeof lengthMax !== 'number') return []
    const long = waysIn(looseOptionsOf(form, field)).filter(
      ({ text }) => [...text].length > lengthMax,
    )
    const message = `is longer than the ${lengthMax} characters of the field`
    if (Object.hasOwn(field, 'options')) {
      return long.map(({ pointer }) => ({ pointer: `/options${pointer}`, message }))
    }
    // The list may be right for another field, so the complaint stands here, once.
    return long
      .slice(0, 1)
      .map(({ pointer }) => ({ pointer: '/list', message: `its entry ${pointer} ${message}` }))
  },
}

/** What may be entered for each option. */
function waysIn(options: readonly unknown[]): Way[] {
  return options.flatMap((part, option) => {
    const { value, aliases } = objectOf(part)
    const ways: [string, unknown][] = [
      ['/value', value],
      ...arrayOf(aliases).map((alias, index): [string, unknown] => [`/aliases/${index}`, alias]),
    ]
    return ways.flatMap(([step, way]) => {
      const text = textOf(way)
      return text === undefined ? [] : [{ option, text, pointer: stepTo(option) + step }]
    })
  })
}

function codesIn(options: readonly unknown[]): Way[] {
  return options.flatMap((part, option) => {
    const text = textOf(objectOf(part)['code'])
    return text === undefined ? [] : [{ option, text, pointer: `${stepTo(option)}/code` }]
  })
}
