import type { FormDefinition, Reading, TypedRecords } from '@songnhap/contracts'
import { parse } from 'csv-parse/sync'

/** What stands on each page, by the name of its image file without the ending. */
export type Truth = ReadonlyMap<string, TypedRecords>

/**
 * Reads `item,field,value`, where item is the image's name, `#`, and the record. Records keep the
 * order of the file. A field that is missing or empty was left blank on the paper.
 */
export function readTruth(text: string, form: FormDefinition): Truth {
  const rows: Record<string, string>[] = parse(text, {
    columns: true,
    bom: true,
    skip_empty_lines: true,
  })
  const pages = new Map<string, Map<string, Map<string, string>>>()
  for (const [index, row] of rows.entries()) {
    const { item, field, value } = row
    const at = item?.lastIndexOf('#') ?? -1
    if (item === undefined || field === undefined || value === undefined || at < 1) {
      throw new Error(`truth, row ${index + 2}: needs item (image#record), field and value`)
    }
    if (!form.fields.some(({ name }) => name === field)) {
      throw new Error(`truth, row ${index + 2}: the form has no field ${field}`)
    }
    const records = getOrMake(pages, item.slice(0, at), () => new Map())
    getOrMake(records, item.slice(at + 1), () => new Map()).set(field, value)
  }
  return new Map(
    [...pages].map(([page, records]) => [
      page,
      [...records.values()].map((values) =>
        Object.fromEntries(form.fields.map(({ name }) => [name, readingOf(values.get(name))])),
      ),
    ]),
  )
}

function readingOf(value: string | undefined): Reading {
  const text = (value ?? '').replace(/\p{White_Space}+/gu, ' ').trim()
  return text === ''
    ? { value: '', mark: 'blank', origin: 'typed' }
    : { value: text, origin: 'typed' }
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
