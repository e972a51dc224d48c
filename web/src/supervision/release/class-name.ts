import { CLASS_WORDS } from '@songnhap/audits/gate-in-words'
import type { GateClass } from '@songnhap/contracts'
import { textOf } from '../../words/language.svelte.ts'

/** What people call a class of fields. */
export function className(name: GateClass['class']): string {
  return textOf(CLASS_WORDS[name])
}
