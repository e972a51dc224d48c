/** A slip put right: what moves, what is left, and that nothing that was typed changes. */
import fc from 'fast-check'
import { t } from 'tap'
import { comparePages, correctRecords, diagnosePage } from '../../src/index.ts'
import { typed } from '../field-of.ts'
import { anyPage, DISTINCT, FORM, slip } from './any-register.ts'

const [PAGE = []] = fc.sample(anyPage(15, 15), { numRuns: 1, seed: 7 })

t.test('C40: readings of a slipped column move, and what was uncovered is not there', async (t) => {
  const low = slip(PAGE, ['person'], 4, 1)
  const [diagnosis] = diagnosePage(FORM, PAGE, low)
  if (diagnosis === undefined) throw new Error('the slip was not found')
  const corrected = correctRecords(FORM, low, diagnosis, 1)
  t.equal(corrected[4]?.['person'], low[5]?.['person'], 'the same reading, not a copy')
  t.equal(corrected[14]?.['person'], null, 'the last row was pushed off the page')
  t.equal(corrected[3]?.['person'], low[3]?.['person'])
  t.same(
    corrected.map(({ born }) => born),
    low.map(({ born }) => born),
  )
  const { differences } = comparePages(FORM, PAGE, low, { corrections: [{ diagnosis, side: 1 }] })
  t.match(differences, [
    { record: 15, field: 'person', outcome: { class: 'row-missing', rule: 'cell-missing' } },
  ])
  t.equal(differences.length, 1)
  const other = comparePages(FORM, PAGE, low, { corrections: [{ diagnosis, side: 0 }] })
  t.match(other.differences, [{ record: 5, field: 'person', readings: [null, typed('')] }])
  t.equal(other.differences.length, 1, 'either entry can be moved to the other')
})

t.test(
  'C40: blank records of a page that slipped are gone, and what was left out is missing',
  async (t) => {
    const names = FORM.fields.map(({ name }) => name)
    const low = slip(PAGE, names, 4, 1)
    const [diagnosis] = diagnosePage(FORM, PAGE, low)
    if (diagnosis === undefined) throw new Error('the slip was not found')
    t.same(correctRecords(FORM, low, diagnosis, 1), PAGE.slice(0, 14))
    const { pairs, differences } = comparePages(FORM, PAGE, low, {
      corrections: [{ diagnosis, side: 1 }],
    })
    t.equal(pairs, null)
    t.match(differences[0], { record: 15, field: null, present: [true, false] })
  },
)

t.test('C40: columns change places, and dates are written anew', async (t) => {
  const swapped = PAGE.map((record) => ({
    ...record,
    place: record['cause'] ?? typed(''),
    cause: record['place'] ?? typed(''),
  }))
  const moved = PAGE.map((record) => ({
    ...record,
    remark: record['cause'] ?? typed(''),
    cause: typed(''),
  }))
  const bare = PAGE.map((record) => ({ ...record, remark: typed('') }))
  const american = PAGE.map((record) => {
    const [day, month, year] = record['born']?.value.split('/') ?? []
    return { ...record, born: typed(`${month}/${day}/${year}`) }
  })
  for (const [a, b] of [
    [PAGE, swapped],
    [bare, moved],
    [PAGE, american],
  ] as const) {
    for (const side of [0, 1] as const) {
      const [diagnosis] = diagnosePage(FORM, a, b)
      if (diagnosis === undefined) throw new Error('the slip was not found')
      const corrections = [{ diagnosis, side }]
      const { differences } = comparePages(FORM, a, b, { corrections })
      const open = differences.filter(({ outcome }) => outcome.class !== 'equivalent')
      t.same(
        open.filter(({ field }) => diagnosis.kind !== 'day-month-swapped' || field !== 'born'),
        [],
      )
      if (side === 1) t.same(open, [], diagnosis.kind)
    }
  }
})

t.test('C40: a page keyed from another image cannot be put right', async (t) => {
  const [other = []] = fc.sample(anyPage(15, 15), { numRuns: 1, seed: 8 })
  const [diagnosis] = diagnosePage(FORM, PAGE, other)
  if (diagnosis === undefined) throw new Error('nothing was found')
  t.equal(diagnosis.kind, 'wrong-image')
  t.throws(() => correctRecords(FORM, PAGE, diagnosis, 1), /only be keyed again/)
})

t.test('C40: whatever is put right, readings stay what they were', async () => {
  const shift = fc.constantFrom(-2, -1, 1, 2)
  const fields = fc.subarray([...DISTINCT], { minLength: 1 })
  fc.assert(
    fc.property(
      anyPage(12, 20),
      shift,
      fields,
      fc.constantFrom(0, 1),
      (page, shift, fields, side) => {
        const low = slip(page, fields, 2, shift)
        const before = JSON.stringify([page, low])
        const known = new Set([...page, ...low].flatMap((record) => Object.values(record)))
        for (const diagnosis of diagnosePage(FORM, page, low)) {
          const corrected = correctRecords(FORM, side === 0 ? page : low, diagnosis, side)
          const readings = corrected.flatMap((record) => Object.values(record))
          if (readings.some((reading) => reading !== null && !known.has(reading))) return false
        }
        return JSON.stringify([page, low]) === before
      },
    ),
  )
})
