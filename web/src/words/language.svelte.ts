import { oneOf } from './one-of.ts'

/** The language of the interface; what is typed is never touched by it. */
export type Language = 'vi' | 'en'

const KEPT_AS = 'songnhap.language'

/** The same keys in both languages, and the same figures in each sentence. */
export type Words<V> = {
  readonly [K in keyof V]: V[K] extends (...figures: infer F) => string
    ? (...figures: F) => string
    : string
}

class Chosen {
  current = $state<Language>(localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'vi')

  choose(language: Language): void {
    this.current = language
    localStorage.setItem(KEPT_AS, language)
    document.documentElement.lang = language
  }
}

export const language = new Chosen()

/** An area's words in the language chosen at the moment they are read. */
export function speaking<V extends Record<string, unknown>>(vi: V, en: Words<V>): () => Words<V> {
  const inVietnamese = vi as Words<V>
  const inEnglish = Object.fromEntries(
    Object.entries(en).map(([name, words]) => [name, counted(words)]),
  )
  return () => (language.current === 'en' ? (inEnglish as Words<V>) : inVietnamese)
}

/** Vietnamese has no plural. */
function counted(words: unknown): unknown {
  if (typeof words !== 'function') return words
  return (...figures: unknown[]) => oneOf(words(...figures))
}

/** One text of a form or a problem, which comes in both languages. */
export function textOf(text: { readonly vi: string; readonly en: string }): string {
  return language.current === 'en' && text.en !== '' ? text.en : text.vi
}

/** A time of day as the computer's clock has it: shown, never compared with the server's. */
export function timeOfDay(moment: number, withSeconds = false): string {
  const form = { hour: '2-digit', minute: '2-digit', hour12: false } as const
  const format = withSeconds ? ({ ...form, second: '2-digit' } as const) : form
  return new Intl.DateTimeFormat('vi-VN', format).format(moment)
}
