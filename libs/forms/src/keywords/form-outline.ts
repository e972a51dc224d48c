import { arrayOf, type Loose, objectOf, textOf } from './loose-json.ts'

/** What other parts of a form refer to, of a form that may be broken anywhere. */
export interface FormOutline {
  readonly fields: ReadonlyMap<string, Loose>
  readonly layouts: ReadonlySet<string>
  readonly lists: ReadonlyMap<string, Loose>
  /** Whether a page can have more than one record. */
  readonly manyRecords: boolean
  readonly freeOrder: boolean
}

export function outlineOf(input: unknown): FormOutline {
  const { fields, layouts, lists, recordsMax, recordOrder } = objectOf(input)
  return {
    fields: byName(fields, (field) => textOf(field['name'])),
    layouts: new Set(byName(layouts, (layout) => textOf(layout['name'])).keys()),
    lists: byName(lists, keyOfList),
    manyRecords: recordsMax !== 1,
    freeOrder: recordOrder === 'free',
  }
}

/** Name and date of a code list, or of a reference to one. */
export function keyOfList({ name, date }: Loose): string | undefined {
  return typeof name === 'string' && typeof date === 'string' ? `${name} of ${date}` : undefined
}

/** The options of a field, its own or its list's. */
export function looseOptionsOf(form: FormOutline, field: Loose): readonly unknown[] {
  const list = form.lists.get(keyOfList(objectOf(field['list'])) ?? '')
  return arrayOf(field['options'] ?? list?.['entries'])
}

/** The first of each name counts; that there is another one is told where it stands. */
function byName(parts: unknown, nameOf: (part: Loose) => string | undefined): Map<string, Loose> {
  const found = new Map<string, Loose>()
  for (const part of arrayOf(parts).map(objectOf)) {
    const name = nameOf(part)
    if (name !== undefined && !found.has(name)) found.set(name, part)
  }
  return found
}
