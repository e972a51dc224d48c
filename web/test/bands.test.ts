/** Rules of docs/spec/workplace.md about pages whose form does not say where records stand. */
import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import {
  type BookBands,
  bandDrawn,
  bandOn,
  type Reach,
  reachOf,
  withBand,
  withDrawings,
} from '../src/desk/book-bands.ts'
import { formOnPage } from '../src/desk/form-on-page.ts'
import { type Area, areaOf } from '../src/desk/strip-view.ts'

const FIELD: FieldDefinition = {
  name: 'fullName',
  kind: 'name',
  label: { vi: 'Họ tên', en: 'Name' },
  lengthMax: 40,
}
const FORM: FormDefinition = {
  name: 'ledger',
  version: 1,
  title: FIELD.label,
  recordsMax: 20,
  fields: [FIELD],
}

/** A frame around the record at this place of the page, with the reach that it gets by itself. */
function draw(bands: BookBands, sequence: number, place: number, y: number, height = 0.05) {
  const drawn: Area = { x: 0.1, y, width: 0.8, height }
  const band = bandDrawn(bands, sequence, drawn, place)
  return withBand(bands, sequence, band, reachOf(bands, sequence))
}
/** The frame that this page has now, with another reach. */
function reaching(before: BookBands, now: BookBands, sequence: number, reach: Reach): BookBands {
  const band = bandOn(now, sequence)
  if (band === undefined) throw new Error('nothing was drawn')
  return withBand(before, sequence, band, reach)
}
function topOf(bands: BookBands, sequence: number, place: number): number | undefined {
  const y = areaOf(FORM, FIELD, place, bandOn(bands, sequence))?.y
  return y === undefined ? undefined : Math.round(y * 1000) / 1000
}

t.test('K7: a place that the form does not know is drawn, and counted on from there', async (t) => {
  t.equal(topOf({}, 1, 0), undefined)
  const first = draw({}, 1, 0, 0.2)
  t.equal(topOf(first, 1, 2), 0.3, 'one under the other')
  const second = draw(first, 1, 3, 0.44)
  t.equal(topOf(second, 1, 0), 0.2, 'the first stays where it was drawn')
  t.equal(topOf(second, 1, 3), 0.44, 'a later one says how far apart they are')
  t.equal(topOf(second, 8, 3), 0.44, 'on every page of the book')
})

t.test('K7: a page that is laid out otherwise is drawn anew, height, step and all', async (t) => {
  const book = draw(draw({}, 1, 0, 0.2), 1, 1, 0.3)
  const even = draw(book, 2, 0, 0.1, 0.2)
  t.equal(topOf(even, 2, 1), 0.5, 'four times as high is four times as far apart')
  const measured = draw(even, 2, 1, 0.35, 0.2)
  t.equal(topOf(measured, 2, 0), 0.1)
  t.equal(topOf(measured, 2, 2), 0.6)
  t.equal(topOf(draw(book, 2, 2, 0.44), 2, 1), 0.32, 'whoever begins with a later record')
})

t.test('K7: left and right pages are remembered apart, and a page is the exception', async (t) => {
  const book = draw({}, 1, 0, 0.2)
  const sides = draw(book, 2, 0, 0.3)
  t.same(
    [1, 2, 3, 4].map((page) => topOf(sides, page, 0)),
    [0.2, 0.3, 0.2, 0.3],
  )
  const odd = draw(sides, 5, 0, 0.4)
  t.same(
    [1, 2, 3, 4].map((page) => topOf(odd, page, 0)),
    [0.4, 0.3, 0.4, 0.3],
  )
  const exception = reaching(sides, odd, 5, 'page')
  t.same(
    [3, 4, 5, 7].map((page) => topOf(exception, page, 0)),
    [0.2, 0.3, 0.4, 0.2],
  )
  t.equal(reachOf(exception, 5), 'page', 'drawn once more it stays an exception')
  const all = reaching(exception, exception, 4, 'book')
  t.same(
    [3, 4, 5, 7].map((page) => topOf(all, page, 0)),
    [0.3, 0.3, 0.4, 0.3],
  )
})

const drawing = fc.record({
  sequence: fc.integer({ min: 1, max: 6 }),
  place: fc.integer({ min: 0, max: 8 }),
  y: fc.double({ min: 0, max: 0.9, noNaN: true }),
  height: fc.double({ min: 0.015, max: 0.1, noNaN: true }),
})

t.test('K7: whatever was drawn before, the record stands where it was drawn last', async () => {
  fc.assert(
    fc.property(fc.array(drawing, { minLength: 1, maxLength: 8 }), (drawings) => {
      const bands = drawings.reduce<BookBands>(
        (before, { sequence, place, y, height }) => draw(before, sequence, place, y, height),
        {},
      )
      const { sequence, place, y } = drawings.at(-1) ?? { sequence: 1, place: 0, y: Number.NaN }
      const band = bandOn(bands, sequence)
      const top = (band?.area.y ?? Number.NaN) + (band?.step ?? Number.NaN) * place
      return Math.abs(top - y) < 1e-9 && (band?.step ?? 0) > 0
    }),
  )
})

t.test(
  'K7: whatever is inserted, a frame stays around the record that it was drawn around',
  async () => {
    const page = fc.record({
      first: fc.integer({ min: 0, max: 3 }),
      between: fc.integer({ min: 1, max: 4 }),
      inserted: fc.integer({ min: 0, max: 9 }),
      reach: fc.constantFrom<Reach>('book', 'side', 'page'),
      before: drawing,
    })
    fc.assert(
      fc.property(page, ({ first, between, inserted, reach, before }) => {
        const known = draw({}, before.sequence, before.place, before.y, before.height)
        const frames = [
          { record: first, y: 0.3 },
          { record: first + between, y: 0.3 + 0.06 * between },
        ]
        const drawings = frames.map(({ record, y }) => ({
          area: { x: 0.1, y, width: 0.8, height: 0.05 },
          place: record < inserted ? record : record + 1,
        }))
        const band = bandOn(withDrawings(known, 9, drawings, reach)?.bands ?? {}, 9)
        return drawings.every(
          ({ area, place }) =>
            Math.abs((band?.area.y ?? Number.NaN) + (band?.step ?? 0) * place - area.y) < 1e-9,
        )
      }),
      { numRuns: 50 },
    )
  },
)

t.test(
  'K82: of a form with several layouts a page has that of its book, or of its side',
  async (t) => {
    const zone = (layout: string, y: number) => ({ layout, x: 0.1, y, width: 0.3, height: 0.05 })
    const label = FIELD.label
    const form: FormDefinition = {
      ...FORM,
      layouts: [
        { name: 'left', label },
        { name: 'right', label, recordStep: { x: 0, y: 0.2 } },
      ],
      fields: [
        { ...FIELD, zones: [zone('left', 0.1), zone('right', 0.3)] },
        { ...FIELD, name: 'village', zones: [zone('right', 0.6)] },
      ],
    }
    const tops = (sequence: number, layouts?: string[], of = form) => {
      const shown = formOnPage(of, { sequence, layouts })
      return shown.fields.map((field) => areaOf(shown, field, 0, undefined)?.y)
    }
    t.same(tops(1), [0.1, undefined], 'the first, where nobody chose')
    t.same(tops(2, ['right']), [0.3, 0.6])
    t.same(tops(3, ['left', 'right']), [0.1, undefined], 'odd')
    t.same(tops(4, ['left', 'right']), [0.3, 0.6], 'even')
    t.same(tops(1, []), [undefined, undefined], 'none: drawn by hand')
    t.same(tops(2, ['left', 'lost']), [undefined, undefined], 'lost by a later version: none')
    t.same(tops(1, undefined, FORM), [undefined])
    const right = formOnPage(form, { sequence: 2, layouts: ['right'] })
    t.equal(areaOf(right, right.fields[0] ?? FIELD, 1, undefined)?.y, 0.5, 'with its own step')
    t.equal(formOnPage(form, { sequence: 8, layouts: ['right'] }), right, 'the same thing again')
  },
)
