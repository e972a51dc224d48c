import { BIRTH_FIELDS } from './birth-fields.ts'
import type { PrintedForm } from './draw-form.ts'
import {
  coverBlot,
  dittoStroke,
  emptyDash,
  signature,
  strikeThrough,
  tick,
  washBlot,
} from './draw-marks.ts'
import type { Box, RecordLayout } from './form-layout.ts'
import { fitInto, type Hand, inHand, measureHand, writeText } from './handwriting.ts'
import type { PagePlan, PlannedRecord } from './plan-page.ts'
import { between, chance, type Random } from './random.ts'
import type { Run, WrittenField } from './spoil-field.ts'

/** Body height of the letters: grows with the row, but a wide row is not filled. */
const BODY_BASE_PIXELS = 12
const BODY_PER_ROW = 0.155
const FADED_RECORD = 0.1
const HEADING_BODY_PIXELS = 17
/** Where ink that hides the end of a value begins. */
const COVERED_FROM = 0.52

/** What every piece of a page's writing needs. */
interface Desk {
  readonly hand: Hand
  readonly random: Random
  readonly rowHeight: number
  readonly bodyHeight: number
}

/** All handwriting of a page as SVG, on the places that its form has for it. */
export function drawInk(plan: PagePlan, form: PrintedForm, hand: Hand, random: Random): string {
  const { rowHeight, records } = form.layout
  const bodyHeight = BODY_BASE_PIXELS + rowHeight * BODY_PER_ROW
  const desk: Desk = { hand, random, rowHeight, bodyHeight }
  const pageFade = chance(random, 0.12) ? between(random, 0.55, 0.75) : between(random, 0.9, 1)
  const written = plan.records.map((record, at) => {
    const layout = records[at]
    if (layout === undefined) throw new RangeError('The form has too few records.')
    const fade = chance(random, FADED_RECORD) ? between(random, 0.55, 0.75) : 1
    return inHand(hand, drawRecord(desk, record, layout), Math.max(0.5, pageFade * fade))
  })
  return drawHeading(plan, form, desk) + written.join('')
}

function drawHeading(plan: PagePlan, form: PrintedForm, { hand, random }: Desk): string {
  const { book, commune, page } = form.heading
  const write = (text: string, place: { x: number; baseline: number }, widthMax: number): string =>
    writeText(hand, random, text, { ...place, widthMax, bodyHeight: HEADING_BODY_PIXELS }).svg
  const texts = [
    write(plan.book, book, 160),
    write(plan.commune.name, commune, 200),
    write(String(plan.pageNumber), page, 60),
  ]
  return inHand(hand, texts.join(''), 1)
}

function drawRecord(
  desk: Desk,
  record: PlannedRecord,
  { boxes, tickBoxes, signature: signed }: RecordLayout,
): string {
  const values = BIRTH_FIELDS.map((field) => {
    const box = boxes.get(field)
    if (box === undefined) throw new RangeError(`The form has no place for ${field}.`)
    return drawField(desk, record.fields[field], box)
  })
  const [inTime = signed, late = signed] = tickBoxes
  return [
    ...values,
    tick(record.late ? late : inTime),
    signature(desk.random, signed, desk.bodyHeight),
  ].join('')
}

function drawField(desk: Desk, field: WrittenField, box: Box): string {
  const { random, bodyHeight, rowHeight } = desk
  const { writing, blot } = field
  if (writing.kind === 'ditto-stroke') return dittoStroke(random, box, bodyHeight)
  if (writing.kind === 'nothing') {
    return writing.dashed ? emptyDash(random, box, bodyHeight) : ''
  }
  const { svg, end } = drawRuns(desk, writing.runs, box)
  if (blot === undefined) return svg
  const drawBlot = blot === 'wash' ? washBlot : coverBlot
  const from = blot === 'cover-end' ? box.x + (end - box.x) * COVERED_FROM : box.x
  return svg + drawBlot(random, from, end, box, rowHeight)
}

/** Runs stand one after another with a space between, all shrunk alike when the box is short. */
function drawRuns(desk: Desk, runs: readonly Run[], box: Box): { svg: string; end: number } {
  const { hand, random, bodyHeight } = desk
  const space = measureHand(hand, ' ', bodyHeight) + 4
  const widths = runs.map(({ text }) => measureHand(hand, text, bodyHeight))
  const needed = widths.reduce((sum, width) => sum + width, space * (runs.length - 1))
  const fit = fitInto(needed, box.width - 6)
  const baseline = box.baseline + between(random, -1.5, 1) * hand.tremor
  let x = box.x + Math.min(8, Math.max(0, box.width - needed)) * random()
  let svg = ''
  for (const { text, struck } of runs) {
    const line = { x, baseline, widthMax: box.width, bodyHeight }
    const written = writeText(hand, random, text, line, fit)
    svg += written.svg
    if (struck) svg += strikeThrough(random, x, written.end, baseline - bodyHeight * 0.36)
    x = written.end + space * fit.across * fit.whole
  }
  return { svg, end: x - space * fit.across * fit.whole }
}
