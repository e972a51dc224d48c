import type { BookLayouts, FormDefinition } from '@songnhap/contracts'

/** What a book has for which nobody chose. */
export function firstLayouts({ layouts = [] }: FormDefinition): BookLayouts {
  return layouts.slice(0, 1).map(({ name }) => name)
}
