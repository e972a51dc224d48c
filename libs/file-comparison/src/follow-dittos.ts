import { type Content, type Contents, isDitto, resolveDittos } from '@songnhap/comparators'
import type { Cell, Cells } from './read-cells.ts'

/** What a person meant by what he or she typed in a cell, where that is a ditto mark; else undefined. */
export type Meanings = (item: string, field: string, annotator: string) => Content | undefined

interface Row {
  readonly item: string
  readonly row: number
  readonly cells: readonly Cell[]
}

interface Typed {
  readonly item: string
  readonly row: number
  readonly record: Contents
}

/**
 * Ditto marks refer to other fields of their record, and, where items say page and row, to the row above as
 * the same person typed it. One that refers to what is not there, or was not typed by this person, stays.
 */
export function followDittos({ form, items }: Cells, rows: RegExp | undefined): Meanings {
  const meanings = new Map<string, Contents>()
  const pages = form.fields.some(({ dittoFrom }) => dittoFrom !== undefined)
    ? pagesOf(items, rows).filter((page) => page.some(hasDitto))
    : []
  for (const page of pages) {
    for (const [annotator, typed] of typedBy(page)) {
      for (const run of runsOf(typed)) {
        const meant = resolveDittos<Contents>(
          form,
          run.map(({ record }) => record),
        )
        for (const [at, { item, record }] of run.entries()) {
          const resolved = meant[at] ?? record
          if (resolved !== record) meanings.set(keyOf(item, annotator), resolved)
        }
      }
    }
  }
  return (item, field, annotator) => meanings.get(keyOf(item, annotator))?.[field] ?? undefined
}

/** The rows of each page in their order; an item that is no row of a page is a page of its own. */
function pagesOf(items: Cells['items'], rows: RegExp | undefined): Row[][] {
  const pages = new Map<string, Row[]>()
  const alone: Row[][] = []
  for (const [item, cells] of items) {
    const { page, row: number } = rows?.exec(item)?.groups ?? {}
    const row = { item, row: Number(number), cells }
    const others = page === undefined ? undefined : pages.get(page)
    if (page === undefined || !Number.isSafeInteger(row.row)) alone.push([row])
    else if (others === undefined) pages.set(page, [row])
    else others.push(row)
  }
  return [...[...pages.values()].map((page) => page.toSorted((a, b) => a.row - b.row)), ...alone]
}

function hasDitto({ cells }: Row): boolean {
  return cells.some(({ field, entries }) => entries.some((entry) => isDitto(field, entry)))
}

/** What each person typed of a page, row by row. */
function typedBy(page: readonly Row[]): Map<string, Typed[]> {
  const people = new Map<string, Typed[]>()
  for (const { item, row, cells } of page) {
    const records = new Map<string, [string, Content][]>()
    for (const { field, entries } of cells) {
      for (const { annotator, value } of entries) {
        const contents = records.get(annotator) ?? []
        records.set(annotator, contents)
        contents.push([field.name, { value }])
      }
    }
    for (const [annotator, contents] of records) {
      const typed = people.get(annotator) ?? []
      people.set(annotator, typed)
      typed.push({ item, row, record: Object.fromEntries(contents) })
    }
  }
  return people
}

/** Rows that stand right below each other. */
function runsOf(typed: readonly Typed[]): Typed[][] {
  const runs: Typed[][] = []
  for (const one of typed) {
    const run = runs.at(-1)
    if (run?.at(-1)?.row === one.row - 1) run.push(one)
    else runs.push([one])
  }
  return runs
}

function keyOf(item: string, annotator: string): string {
  return `${item}\0${annotator}`
}
