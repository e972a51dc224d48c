import { isWrong } from '@songnhap/comparators'
import { wilson } from '@songnhap/statistics/wilson'
import type { Accuracy } from './comparison-result.ts'
import type { Meanings } from './follow-dittos.ts'
import type { Cells } from './read-cells.ts'
import { keyOfTruth, type Truths } from './read-truth.ts'

/**
 * How often each person was right, by the rules of the form: who did most first, then who was wrong most. A
 * ditto mark is right where it, or what it stands for, is.
 */
export function judgePeople({ items }: Cells, truths: Truths, meanings: Meanings): Accuracy[] {
  const people = new Map<string, { judged: number; wrong: number }>()
  for (const [item, cells] of items) {
    for (const { field, entries } of cells) {
      const value = truths.get(keyOfTruth(item, field.name))
      if (value === undefined) continue
      for (const { annotator, value: typed } of entries) {
        const person = people.get(annotator) ?? { judged: 0, wrong: 0 }
        people.set(annotator, person)
        person.judged += 1
        const meant = meanings(item, field.name, annotator) ?? { value: typed }
        const isRight = [{ value: typed }, meant].some((one) => !isWrong(field, one, { value }))
        if (!isRight) person.wrong += 1
      }
    }
  }
  return [...people]
    .map(([annotator, { judged, wrong }]) => accuracyOf(annotator, judged, wrong))
    .toSorted((a, b) => b.judged - a.judged || a.rate - b.rate)
}

function accuracyOf(annotator: string, judged: number, wrong: number): Accuracy {
  const right = judged - wrong
  // The interval of being right is that of being wrong, turned round.
  const { low, high } = wilson(wrong, judged)
  return { annotator, judged, right, rate: right / judged, low: 1 - high, high: 1 - low }
}
