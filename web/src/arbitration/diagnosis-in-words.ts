import type { DiagnosisShown, FormDefinition } from '@songnhap/contracts'
import { arbitrationWords } from '../words/arbitration.ts'
import { textOf } from '../words/language.svelte.ts'

const NAMED_MAX = 3

/** One cause for what differs on a page, as a sentence. It never says which entry is wrong. */
export function diagnosisInWords(form: FormDefinition, diagnosis: DiagnosisShown): string {
  const words = arbitrationWords()
  const { kind, fields, fromRecord, shift } = diagnosis
  const names = fields.map((field) => {
    const definition = form.fields.find(({ name }) => name === field)
    return `“${definition === undefined ? field : textOf(definition.label)}”`
  })
  const all = fields.length > NAMED_MAX ? words.allColumns : names.join(', ')
  switch (kind) {
    case 'row-shift':
      return words.shift(
        names.length === 1 ? words.column((names[0] ?? '').slice(1, -1)) : all,
        Math.abs(shift),
        Math.min(...fromRecord),
      )
    case 'columns-swapped':
      return words.swapped(all)
    case 'wrong-heading':
      return words.heading(names[0] ?? '', names[1] ?? '')
    case 'day-month-swapped':
      return words.dayMonth(all)
    case 'wrong-image':
      return words.wrongImage
  }
}
