import type { TypedRecords } from '@songnhap/contracts'
import { drawPage } from './draw-page.ts'
import { type PagePlan, planPage } from './plan-page.ts'
import { createRandom } from './random.ts'

/** A register page as it comes from the scanner, with what stands on it. */
export interface SamplePage {
  /** "page-0001" for index 0: a file name without its ending. */
  readonly name: string
  /** JPEG. */
  readonly image: Buffer
  readonly truth: TypedRecords
}

/** Draws page `index` (from 0) of collection `seed`. The same two numbers give the same bytes. */
export async function samplePage(seed: number, index: number): Promise<SamplePage> {
  const plan = planPage(seed, index)
  return {
    name: `page-${String(index + 1).padStart(4, '0')}`,
    image: await drawPage(plan, createRandom(seed, 'drawing', index)),
    truth: truthOf(plan),
  }
}

/** The truth of the same page without drawing it. */
export function sampleTruth(seed: number, index: number): TypedRecords {
  return truthOf(planPage(seed, index))
}

function truthOf(plan: PagePlan): TypedRecords {
  return plan.records.map(({ fields }) =>
    Object.fromEntries(Object.entries(fields).map(([field, { reading }]) => [field, reading])),
  )
}

export { blankPage } from './blank-page.ts'
export { type LessonPage, lessonPages } from './draw-lesson.ts'
export { between, chance, createRandom, pick, type Random, whole } from './random.ts'
