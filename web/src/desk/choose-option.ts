import type { FieldDefinition, FieldOption, FormDefinition } from '@songnhap/contracts'
import { optionsOf } from '@songnhap/forms'
import type { DraftField } from './draft.ts'

/** An option with the number or sign by which it is typed. */
export interface Choice {
  readonly code: string
  readonly option: FieldOption
}

export type Chosen =
  | { readonly is: 'one'; readonly choice: Choice }
  | { readonly is: 'none' }
  | { readonly is: 'several'; readonly choices: readonly Choice[] }

/** What may be picked in this field, each with its code; numbered where the form gives none. */
export function choicesOf(form: FormDefinition, field: FieldDefinition): readonly Choice[] {
  return optionsOf(form, field).map((option, at) => ({
    code: option.code ?? String(at + 1),
    option,
  }))
}

/**
 * Which options what was typed can mean: exactly a code or a way to write one first, else those that
 * begin with it, marks and case set aside; the latter not in an open list, where what was typed may be
 * meant as it stands. Nothing typed means nothing, and nothing is proposed.
 */
export function chooseOption(choices: readonly Choice[], typed: string, open = false): Chosen {
  const wanted = typed.normalize('NFC').trim()
  if (wanted === '') return { is: 'none' }
  const exact =
    choices.find(({ code }) => code === wanted) ??
    choices.find(({ option }) => waysToWrite(option).includes(wanted)) ??
    onlyOne(choices.filter(({ option }) => waysToWrite(option).some(sameAs(wanted))))
  if (exact !== undefined) return { is: 'one', choice: exact }
  if (open) return { is: 'none' }
  const start = fold(wanted)
  const begun = choices.filter(({ option }) =>
    waysToWrite(option).some((way) => fold(way).startsWith(start)),
  )
  const [first] = begun
  if (first === undefined) return { is: 'none' }
  return begun.length === 1 ? { is: 'one', choice: first } : { is: 'several', choices: begun }
}

/** What a choice becomes when it is left; undefined where it stays as it is. */
export function pickOption(
  form: FormDefinition,
  field: FieldDefinition,
  { typed, mark, origin }: DraftField,
): DraftField | undefined {
  if (field.kind !== 'choice' || mark !== undefined || origin !== 'typed') return undefined
  const chosen = chooseOption(choicesOf(form, field), typed, field.open)
  return chosen.is === 'one' ? { typed: chosen.choice.option.value, origin: 'picked' } : undefined
}

function onlyOne<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined
}

function waysToWrite({ value, aliases = [], label }: FieldOption): string[] {
  return [value, ...aliases, label.vi, label.en].map((way) => way.normalize('NFC'))
}

function sameAs(wanted: string): (way: string) => boolean {
  const lower = wanted.toLowerCase()
  return (way) => way.toLowerCase() === lower
}

/** For searching in a short list only; never for comparing what was keyed. */
function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd')
}
