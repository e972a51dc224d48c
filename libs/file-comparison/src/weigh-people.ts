import { isWrong, standardForm } from '@songnhap/comparators'
import { dawidSkene, poolReadings, wilson } from '@songnhap/statistics'
import type { WeighedReadings } from './comparison-result.ts'
import type { Cell, Cells } from './read-cells.ts'
import { keyOfTruth, type Truths } from './read-truth.ts'

/** With more different readings a field is open text: no table of confusions could be filled. */
const CODES_MAX = 20
/** Bounds the time that millions of entries take; real files need some hundred. */
const STEPS_MAX = 500
/** Weights that differ by rounding only are a tie. */
const TIE = 1e-9

/** One cell, with what most people typed and what the method believes, as it was typed first. */
interface Weighed {
  readonly cell: Cell
  readonly item: string
  readonly majority: string
  readonly tied: boolean
  readonly chosen: string
}

/**
 * How often the likeliest reading of each cell is right, from nothing but what people typed, and how often what most of
 * them typed is. People are compared in standard form; where readings tie, the one typed first in the cell counts.
 */
export function weighPeople({ form, items }: Cells, truths: Truths): WeighedReadings {
  const fields: Record<string, 'confusions' | 'one-rate'> = {}
  const sums = { judged: 0, right: 0, majorityRight: 0, ties: 0 }
  for (const field of form.fields) {
    const cells = [...items].flatMap(([item, ofItem]) =>
      ofItem.filter((cell) => cell.field === field).map((cell) => ({ item, cell })),
    )
    if (cells.length === 0) continue
    const { method, weighed } = weighField(cells)
    fields[field.name] = method
    for (const { item, majority, tied, chosen } of weighed) {
      const value = truths.get(keyOfTruth(item, field.name))
      if (value === undefined) continue
      sums.judged += 1
      if (!isWrong(field, { value: chosen }, { value })) sums.right += 1
      if (!isWrong(field, { value: majority }, { value })) sums.majorityRight += 1
      if (tied) sums.ties += 1
    }
  }
  const { judged, right, majorityRight, ties } = sums
  const share = (count: number) => (judged === 0 ? null : count / judged)
  return {
    judged,
    accuracy: share(right),
    majorityAccuracy: share(majorityRight),
    chosen: { right, ...wilson(right, judged) },
    majority: { right: majorityRight, ...wilson(majorityRight, judged) },
    ties,
    fields,
  }
}

function weighField(cells: readonly { readonly item: string; readonly cell: Cell }[]) {
  const people = new Numbers()
  const codes = new Numbers()
  const things = cells.map(({ cell }) =>
    cell.entries.map(({ annotator, value }) => {
      const form = standardForm(cell.field, value)
      return { person: people.of(annotator), code: codes.of(form), form, value }
    }),
  )
  const coded = codes.size <= CODES_MAX
  const weightsOf = coded ? byConfusions(things, codes.size) : byOneRate(things)
  const weighed = cells.map(({ item, cell }, at): Weighed => {
    const readings = things[at] ?? []
    const votes = likeliest(readings, (one) => readings.filter((r) => r.form === one.form).length)
    const chosen = likeliest(readings, (one) => weightsOf(at, one))
    return { cell, item, majority: votes.value, tied: votes.tied, chosen: chosen.value }
  })
  return { method: coded ? ('confusions' as const) : ('one-rate' as const), weighed }
}

interface NumberedReading {
  readonly person: number
  readonly code: number
  readonly form: string
  readonly value: string
}

type Weight = (thing: number, reading: NumberedReading) => number

function byConfusions(things: readonly (readonly NumberedReading[])[], codes: number): Weight {
  const { posteriors } = dawidSkene(things, { codes, stepsMax: STEPS_MAX })
  return (thing, { code }) => posteriors[thing]?.[code] ?? 0
}

function byOneRate(things: readonly (readonly NumberedReading[])[]): Weight {
  const inForms = things.map((readings) =>
    readings.map(({ person, form }) => ({ person, value: form })),
  )
  const { posteriors } = poolReadings(inForms)
  return (thing, { form }) => posteriors[thing]?.get(form) ?? 0
}

/** The reading of the greatest weight, and whether one of another form has the same. */
function likeliest(
  readings: readonly NumberedReading[],
  weightOf: (reading: NumberedReading) => number,
): { readonly value: string; readonly tied: boolean } {
  let best: { readonly reading: NumberedReading; readonly weight: number } | null = null
  let tied = false
  for (const reading of readings) {
    const weight = weightOf(reading)
    if (best === null || weight > best.weight + TIE) {
      best = { reading, weight }
      tied = false
    } else if (reading.form !== best.reading.form && weight > best.weight - TIE) tied = true
  }
  return { value: best?.reading.value ?? '', tied }
}

/** Names as whole numbers from 0, in the order in which they are met. */
class Numbers {
  readonly #places = new Map<string, number>()

  get size(): number {
    return this.#places.size
  }

  of(name: string): number {
    const place = this.#places.get(name) ?? this.#places.size
    this.#places.set(name, place)
    return place
  }
}
