import type { FormDefinition } from '@songnhap/contracts'

const LENGTH_MAX = 4096

/** A form of text fields, one a heading, for whoever has none. Its fields are called as the headings. */
export function inferForm(titles: readonly string[]): FormDefinition {
  return {
    name: 'inferred',
    version: 1,
    title: { vi: 'Suy ra từ tiêu đề cột', en: 'Inferred from the headings' },
    recordsMax: 1,
    fields: titles.map((title) => ({
      name: title,
      kind: 'text',
      label: { vi: title, en: title },
      lengthMax: LENGTH_MAX,
    })),
  }
}
