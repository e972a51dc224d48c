/**
 * Which fields of a book are audited. Whoever has the frame and the seed finds the same: every field gets
 * HMAC-SHA-256(seed, its name) as its draw key, and of each class those with the smallest keys are drawn.
 */
import { createHash, createHmac, createSecretKey } from 'node:crypto'
import { setImmediate as letOthersIn } from 'node:timers/promises'
import type { FieldClass } from '@songnhap/contracts'
import type { StratumSize } from './sample-sizes.ts'

const RECORDS_AT_ONCE = 200

/** Everything that could be drawn: each of these fields of each of these records. */
export interface Frame {
  readonly recordIds: readonly string[]
  readonly fields: readonly FrameField[]
}

export interface FrameField {
  readonly name: string
  readonly class: FieldClass
}

export interface DrawnCell {
  readonly recordId: string
  readonly field: string
  readonly class: FieldClass
  readonly drawKey: string
}

/** Told when the book is frozen; the secret itself when the audit has ended. */
export function commitmentOf(secret: string): string {
  return sha256(secret)
}

/** Nobody can know it before the book is frozen, and nobody choose it afterwards: it was committed to. */
export function seedOf(bookId: string, frozenAt: string, secret: string): string {
  return sha256(`${bookId} ${frozenAt} ${secret}`)
}

/** Of the sorted lines "record field class", each with a line feed at its end. */
export function frameHash({ recordIds, fields }: Frame): string {
  const hash = createHash('sha256')
  const sorted = fields.toSorted((a, b) => compare(a.name, b.name))
  for (const recordId of recordIds.toSorted(compare)) {
    for (const { name, class: of } of sorted) hash.update(`${recordId} ${name} ${of}\n`)
  }
  return hash.digest('hex')
}

/**
 * In the order of their draw keys, class by class. The order of the frame does not matter. A large book takes
 * seconds, in which others are let in between.
 */
export async function drawSample(
  seed: string,
  { recordIds, fields }: Frame,
  sizes: readonly StratumSize[],
): Promise<DrawnCell[]> {
  // A key object: handed over as bytes, each of many signatures takes seven times as long.
  const key = createSecretKey(seed, 'hex')
  const drawn: DrawnCell[] = []
  for (const stratum of sizes) {
    const names = fields.filter((field) => field.class === stratum.class).map(({ name }) => name)
    const cells: DrawnCell[] = []
    for (const [index, recordId] of recordIds.entries()) {
      if (index % RECORDS_AT_ONCE === 0) await letOthersIn()
      for (const field of names) {
        const drawKey = createHmac('sha256', key).update(`${recordId} ${field}`).digest('hex')
        cells.push({ recordId, field, class: stratum.class, drawKey })
      }
    }
    cells.sort((a, b) => compare(a.drawKey, b.drawKey))
    drawn.push(...cells.slice(0, stratum.drawn))
  }
  return drawn
}

/** By code units: the same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
