import { randomInt } from 'node:crypto'
import type { FormDefinition } from '@songnhap/contracts'
import type { Change } from '@songnhap/database'
import { uuidv7 } from 'uuidv7'
import { compareRound, NOTHING_DECIDED } from './compare-round.ts'
import { selectForms } from './forms.ts'
import { askWhatIsOpen, type Draw, openCase, type PageCase } from './page-case.ts'
import { type KeptReading, pageSide } from './page-side.ts'
import type { EntryPair } from './pair-entries.ts'
import type { DB } from './schema.gen.ts'
import { storeSteps } from './store-steps.ts'
import { askThirds } from './third/ask-thirds.ts'

interface KeyedPage extends EntryPair {
  readonly campaignId: string
}

/** The order in which an arbiter sees the readings is drawn for each question. */
export const draw: Draw = (readings) => ({
  questionId: uuidv7(),
  swapped: Math.random() < 0.5,
  thirdAt: readings === 3 ? randomInt(3) : null,
})

/**
 * Compares the two entries of each page field by field. What agrees is settled; what differs becomes
 * one arbitration of its page, or is keyed by a third person first.
 */
export async function compareEntries(
  change: Change<DB>,
  keyed: readonly KeyedPage[],
  arbitrationOpened: () => void,
): Promise<void> {
  if (keyed.length === 0) return
  const forms = await selectForms(
    change.trx,
    keyed.map(({ campaignId }) => campaignId),
  )
  const compared = keyed.map((page) => firstCase(page, forms.get(page.campaignId)))
  const pages = await askThirds(change, compared)
  const steps = pages.map((page) => ({ before: null, after: askWhatIsOpen(page, draw) }))
  await storeSteps(change, steps, arbitrationOpened)
}

function firstCase(
  { pageId, campaignId, entries }: KeyedPage,
  form: FormDefinition | undefined,
): PageCase {
  if (form === undefined) throw new Error('a page belongs to no campaign')
  const readings = [keptReading(entries[0], 1), keptReading(entries[1], 2)] as const
  const sides = [pageSide(readings[0], [], []), pageSide(readings[1], [], [])] as const
  return openCase({
    pageId,
    campaignId,
    form,
    newForm: null,
    revision: 0,
    readings,
    wanted: [],
    entryIds: [readings[0].entryId, readings[1].entryId],
    round: compareRound(form, sides, NOTHING_DECIDED),
    asked: [],
    rulings: [],
    putRight: [],
    cellsTurn: 0,
    third: null,
  })
}

function keptReading(
  { entryId, personId, records }: EntryPair['entries'][0],
  pass: 1 | 2,
): KeptReading {
  return { entryId, personId, pass, turn: 1, records }
}
