import { createHash } from 'node:crypto'
import type { TypedRecords, Zone } from '@songnhap/contracts'
import type { BirthField } from './birth-fields.ts'
import { composePage, printPage } from './draw-page.ts'
import { layoutForm, PAGE } from './form-layout.ts'
import { LESSON_PLANS, type LessonPlan } from './plan-lessons.ts'
import { createRandom } from './random.ts'

/** Above the heading, below the last record that is shown. */
const TOP = 72
const BELOW_RECORD = 4
const WIDTH = 1000
const WEBP_QUALITY = 50
const BLUR = 9
/** Handwriting stands above its line and a little below. */
const ABOVE_BASELINE = 0.76

/** A page of the first day with everything that is known about it. */
export interface LessonPage {
  readonly name: string
  readonly fields: readonly BirthField[]
  readonly truth: TypedRecords
  /** Must be handed back instead of typed. */
  readonly unreadable: boolean
  readonly size: { readonly width: number; readonly height: number }
  /** Where the fields of the first record stand, in fractions of the image; and the way to the next. */
  readonly places: Readonly<Partial<Record<BirthField, Pick<Zone, 'x' | 'y' | 'width' | 'height'>>>>
  readonly recordStep: number
  /** Changes with whatever is drawn: a picture is stale where this differs. */
  readonly drawnFrom: string
  /** WebP. */
  readonly draw: () => Promise<Buffer>
}

/** The pages of a typist's first day, in their order. Drawing one takes a second; the rest is quick. */
export function lessonPages(): LessonPage[] {
  return LESSON_PLANS.map(lessonPage)
}

function lessonPage(plan: LessonPlan): LessonPage {
  const { name, fields, page, blurred } = plan
  const drawing = composePage(page, createRandom(plan.seed, 'lesson', 0))
  const { records } = layoutForm(page.records.length)
  const [first, second] = records
  const last = records[plan.records - 1]
  if (first === undefined || second === undefined || last === undefined) {
    throw new RangeError('A lesson stands on a page of several records.')
  }
  const bottom = Math.ceil(Math.max(...last.rules.flatMap(({ to }) => to[1]))) + BELOW_RECORD
  const cut = { left: 0, top: TOP, width: PAGE.width, height: bottom - TOP }
  const size = { width: WIDTH, height: Math.round((cut.height * WIDTH) / cut.width) }
  const { rowHeight } = layoutForm(page.records.length)
  const places = fields.map((field) => {
    const box = first.boxes.get(field)
    if (box === undefined) throw new RangeError(`The form has no place for ${field}.`)
    const place = {
      x: share((box.x - 8) / cut.width),
      y: share((box.baseline - rowHeight * ABOVE_BASELINE - TOP) / cut.height),
      width: share((box.width + 14) / cut.width),
      height: share((rowHeight * 1.04) / cut.height),
    }
    return [field, place] as const
  })
  const step = second.signature.baseline - first.signature.baseline
  const drawnFrom = createHash('sha256')
    .update(JSON.stringify([cut, size, blurred, WEBP_QUALITY, drawing.sheet]))
    .update(drawing.ink)
    .update(drawing.wear)
  return {
    name,
    fields,
    truth: truthOf(plan),
    unreadable: blurred,
    size,
    places: Object.fromEntries(places),
    recordStep: share(step / cut.height),
    drawnFrom: drawnFrom.digest('hex'),
    async draw() {
      const image = (await printPage(drawing)).extract(cut).resize(size)
      return await (blurred ? image.blur(BLUR) : image).webp({ quality: WEBP_QUALITY }).toBuffer()
    },
  }
}

function truthOf({ page, records, fields }: LessonPlan): TypedRecords {
  return page.records
    .slice(0, records)
    .map((record) =>
      Object.fromEntries(fields.map((field) => [field, record.fields[field].reading])),
    )
}

function share(value: number): number {
  return Number(value.toFixed(4))
}
