/** Slips planted on any page are found, as what they are, and nothing is found where none is. */
import type { TypedRecord } from '@songnhap/contracts'
import fc from 'fast-check'
import { type Test, t } from 'tap'
import { type Diagnosis, diagnosePage } from '../../src/index.ts'
import { typed } from '../field-of.ts'
import { anyPage, anyTypos, DISTINCT, FORM, fewTypos, slip, withTypos } from './any-register.ts'

const shift = fc.constantFrom(-5, -3, -2, -1, 1, 2, 3, 5)
const someFields = fc.subarray([...DISTINCT], { minLength: 1, maxLength: 3 })
const pageWithTypos = (min: number, max: number) =>
  anyPage(min, max).chain((page) => fc.tuple(fc.constant(page), anyTypos(page.length)))

function turned({ fields, fromRecord: [f, g], toRecord: [u, v], ...rest }: Diagnosis): Diagnosis {
  return {
    ...rest,
    fields: rest.kind === 'wrong-heading' ? fields.toReversed() : fields,
    fromRecord: [g, f],
    toRecord: [v, u],
    shift: rest.shift === 0 ? 0 : -rest.shift,
  }
}

function withoutChance(diagnoses: readonly Diagnosis[]) {
  return diagnoses.map(({ chance: _, fitBefore, fitAfter, ...rest }) => ({
    ...rest,
    fit: [fitBefore.toFixed(3), fitAfter.toFixed(3)],
  }))
}

function bothSides(t: Test, a: TypedRecord[], b: TypedRecord[]): Diagnosis[] {
  const found = diagnosePage(FORM, a, b)
  t.same(withoutChance(diagnosePage(FORM, b, a).map(turned)), withoutChance(found))
  return found
}

t.test('C32: a page with typos alone is never diagnosed', async () => {
  fc.assert(
    fc.property(pageWithTypos(1, 25), ([page, typos]) => {
      return diagnosePage(FORM, page, withTypos(page, typos)).length === 0
    }),
    { numRuns: 200 },
  )
})

t.test('C32: neither is one of which somebody left out a record', async () => {
  fc.assert(
    fc.property(pageWithTypos(4, 25), fc.nat(), ([page, typos], drawn) => {
      const short = withTypos(page, typos).toSpliced(drawn % page.length, 1)
      return diagnosePage(FORM, page, short).length === 0
    }),
    { numRuns: 100 },
  )
})

t.test('C34: a slip of some columns is found with its rows, from either side', async (t) => {
  fc.assert(
    fc.property(anyPage(14, 25), shift, someFields, fc.nat(4), (page, shift, fields, row) => {
      const [diagnosis, ...more] = bothSides(t, page, slip(page, fields, row, shift))
      // Rows above the slip say that it begins there; below it, how far it goes.
      const last = page.length - Math.max(shift, 0)
      const first = shift > 0 ? row + 1 : row + 1 - shift
      t.match(diagnosis, { kind: 'row-shift', fields, shift, fitBefore: 0, fitAfter: 1 })
      t.same(diagnosis?.fromRecord, [first, first + shift])
      t.same(
        diagnosis?.toRecord,
        [last, last + shift].map((place) => Math.min(place, page.length)),
      )
      t.same(more, [])
    }),
    { numRuns: 100 },
  )
})

t.test('C34: also among typos, and no other column with it', async () => {
  const drawn = anyPage(16, 25).chain((page) =>
    fc.tuple(fc.constant(page), fewTypos(page.length, 2)),
  )
  fc.assert(
    fc.property(drawn, shift, someFields, ([page, typos], shift, fields) => {
      const found = diagnosePage(FORM, page, slip(withTypos(page, typos), fields, 3, shift))
      const named = found.flatMap((one) => (one.shift === shift ? one.fields : one.kind))
      // A typo in a column of short numbers can make it look like one that stands still.
      const surely = fields.filter((field) => field !== 'number' || !typosIn(typos, field))
      const isSlipped = (name: string) => fields.some((field) => field === name)
      return named.every(isSlipped) && surely.every((field) => named.includes(field))
    }),
    { numRuns: 100 },
  )
})

function typosIn(cells: ReadonlySet<number>, field: string): boolean {
  const { fields } = FORM
  return [...cells].some((cell) => fields[cell % fields.length]?.name === field)
}

t.test('C35: all columns together slip only where blank records were made', async (t) => {
  const names = FORM.fields.map(({ name }) => name)
  fc.assert(
    fc.property(anyPage(14, 25), fc.constantFrom(1, 2), fc.nat(4), (page, shift, row) => {
      const found = bothSides(t, page, slip(page, names, row, shift))
      t.match(found, [{ kind: 'row-shift', fields: names, shift }])
      t.equal(found.length, 1)
    }),
    { numRuns: 50 },
  )
  const [page] = fc.sample(anyPage(15, 15), { numRuns: 1, seed: 1 })
  if (page === undefined) throw new Error('no page was drawn')
  const elsewhere = [page.toSpliced(3, 1), page.toSpliced(12, 1)] as const
  t.same(diagnosePage(FORM, ...elsewhere), [], 'one record left out here and another there')
})

t.test('C33, C34: a column with few values, or one value all over, has not slipped', async (t) => {
  const [page] = fc.sample(anyPage(25, 25), { numRuns: 1, seed: 2 })
  if (page === undefined) throw new Error('no page was drawn')
  for (const shift of [-2, -1, 1, 2]) {
    t.same(diagnosePage(FORM, page, slip(page, ['sex'], 2, shift)), [])
    const same = page.map((record) => ({ ...record, place: typed('Vinh') }))
    t.same(diagnosePage(FORM, same, slip(same, ['place'], 2, shift)), [])
    const few = page.map((record, at) => ({
      ...record,
      place: typed(['Vinh', 'Sa Pa'][at % 2] ?? ''),
    }))
    t.same(diagnosePage(FORM, few, slip(few, ['place'], 2, shift)), [], 'two in turn')
  }
  t.same(diagnosePage(FORM, page, slip(page, ['person'], 22, 1)), [], 'and three rows are too few')
})

function exchange(page: TypedRecord[], x: string, y: string): TypedRecord[] {
  return page.map((record) => ({
    ...record,
    [x]: record[y] ?? typed(''),
    [y]: record[x] ?? typed(''),
  }))
}

const twoFields = fc
  .shuffledSubarray([...DISTINCT], { minLength: 2, maxLength: 2 })
  .map(([x = 'number', y = 'born']) => [x, y] as const)

t.test("C36: two columns in each other's place are found", async (t) => {
  fc.assert(
    fc.property(pageWithTypos(8, 25), twoFields, ([page], [x, y]) => {
      const found = bothSides(t, page, exchange(page, x, y))
      const fields = DISTINCT.filter((name) => name === x || name === y)
      t.match(found, [{ kind: 'columns-swapped', fields, fromRecord: [1, 1], fitAfter: 1 }])
      t.equal(found.length, 1)
    }),
    { numRuns: 60 },
  )
})

t.test('C37: a column under another heading, its own left blank, is found', async (t) => {
  fc.assert(
    fc.property(anyPage(8, 25), fc.constantFrom(...DISTINCT), (page, name) => {
      const bare = page.map((record) => ({ ...record, remark: typed('') }))
      const found = bothSides(t, bare, exchange(bare, name, 'remark'))
      t.match(found, [{ kind: 'wrong-heading', fields: [name, 'remark'], fitAfter: 1 }])
      t.equal(found.length, 1)
    }),
    { numRuns: 60 },
  )
})

function monthFirst(page: TypedRecord[]): TypedRecord[] {
  return page.map((record) => {
    const [day, month, year] = record['born']?.value.split('/') ?? []
    return { ...record, born: typed(`${month}/${day}/${year}`) }
  })
}

t.test('C38: dates with the month first throughout are found', async (t) => {
  fc.assert(
    fc.property(anyPage(12, 25), (page) => {
      const telling = page.filter(({ born }) => {
        const [day, month] = born?.value.split('/') ?? []
        return day !== month
      })
      fc.pre(telling.length >= 6)
      const found = bothSides(t, page, monthFirst(page))
      t.match(found, [{ kind: 'day-month-swapped', fields: ['born'], fitBefore: 0, fitAfter: 1 }])
      t.equal(found.length, 1)
    }),
    { numRuns: 60 },
  )
})

t.test('C39: another page is known as such', async (t) => {
  const two = anyPage(16, 40).map((page) => {
    const half = page.length >> 1
    return [page.slice(0, half), page.slice(half)] as const
  })
  fc.assert(
    fc.property(two, ([a, b]) => {
      t.match(bothSides(t, a, b), [{ kind: 'wrong-image' }])
    }),
    { numRuns: 60 },
  )
  const [[a] = []] = fc.sample(two, { numRuns: 1, seed: 3 })
  if (a === undefined) throw new Error('no page was drawn')
  const empty = a.map((record) =>
    Object.fromEntries(Object.keys(record).map((name) => [name, typed('', 'blank')])),
  )
  t.same(diagnosePage(FORM, a, empty), [], 'a page that one reader found empty is another matter')
  t.same(diagnosePage(FORM, [], a), [])
})
