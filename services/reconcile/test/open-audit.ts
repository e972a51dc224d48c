import { randomUUID } from 'node:crypto'
import {
  type BodyOf,
  type FormDefinition,
  type pageReceived,
  type Reading,
  readingWanted,
  type TypedRecords,
} from '@songnhap/contracts'
import { factsSaid, newPeople } from '@songnhap/testkit'
import type { Test } from 'tap'
import { freezeBook } from '../src/audits/freeze-book.ts'
import { entryOf, openTruth, type Truth } from './open-truth.ts'

type Page = BodyOf<typeof pageReceived>
type Read = (at: { page: Page; place: number; field: string }) => string | Reading

/** A book of these pages, each typed alike by both typists, and frozen. */
export async function openFrozen(
  t: Test,
  pages: readonly TypedRecords[],
  form?: FormDefinition,
): Promise<Audited> {
  const truth = await openTruth(t, pages.length, form)
  for (const [index, records] of pages.entries()) {
    const page = truth.pages[index]
    if (page !== undefined) await truth.keyTwice(page, records, records)
  }
  return { ...truth, ...(await freeze(truth)) }
}

export type Audited = Truth & { readonly auditId: string; readonly bookId: string }

export async function freeze(
  { ledger, page, pages, supervisor }: Truth,
  more: { pages?: number; least?: number } = {},
): Promise<{ auditId: string; bookId: string }> {
  const { bookId } = page
  const asking = { bookId, personId: supervisor, pages: pages.length, ...more }
  const { auditId } = await freezeBook(ledger, asking)
  return { auditId, bookId }
}

/** What is wanted of a page for the last audit. */
export async function wantedCells({ db }: Pick<Truth, 'db'>, { pageId }: Page) {
  const wants = await factsSaid(db, readingWanted)
  const want = wants.findLast((one) => one.pageId === pageId && one.cells !== undefined)
  if (want?.places === undefined || want.cells === undefined) throw new Error('nothing is drawn')
  return { ...want, places: want.places, cells: want.cells }
}

/** Somebody new keys what was drawn of a page; says who. */
export async function keyAudit(truth: Truth, page: Page, read: Read): Promise<string> {
  const { pass, turn, places, cells } = await wantedCells(truth, page)
  const [person = ''] = newPeople(1)
  const records = places.map((place, index) =>
    Object.fromEntries(
      (cells[index] ?? []).map((field): [string, Reading] => {
        const found = read({ page, place, field })
        return [field, typeof found === 'string' ? { value: found, origin: 'typed' } : found]
      }),
    ),
  )
  await truth.enter(entryOf(page, person, pass, records, [person], { turn, places, cells }))
  return person
}

/** Reads what both typists typed. */
export function asTyped(pages: readonly Page[], typed: readonly TypedRecords[]): Read {
  return ({ page, place, field }) => {
    const reading = typed[pages.indexOf(page)]?.[place - 1]?.[field]
    if (reading === undefined) throw new Error('nobody typed that')
    return reading
  }
}

/** The seats of a page's panel are taken by new people, each of whom says this of every field. */
export async function rulePanel(
  truth: Truth,
  verdictOf: (question: { readings: readonly [Reading | null, Reading | null] }) => {
    verdict: 'first' | 'second' | 'both' | 'other' | 'illegible' | 'escalate'
    value?: Reading
    note?: string
  },
  escalated = false,
): Promise<string> {
  const person = randomUUID()
  const assignment = await truth.takeOne(person, escalated)
  const rulings = assignment.questions.map(({ questionId, readings }) => {
    return { questionId, ...verdictOf({ readings }) }
  })
  await truth.rule(person, assignment, rulings)
  return person
}

/** For the reading with this value, wherever it is shown. */
export function forValue(value: string) {
  return ({ readings }: { readings: readonly [Reading | null, Reading | null] }) => {
    return { verdict: readings[0]?.value === value ? ('first' as const) : ('second' as const) }
  }
}
