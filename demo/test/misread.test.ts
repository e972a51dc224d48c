/** What a simulated typist keys is what was asked for, whatever is asked. */
import type { FormDefinition } from '@songnhap/contracts'
import { checkRecords } from '@songnhap/forms'
import { createRandom } from '@songnhap/samples'
import { recordOf, SMALL_FORM } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'
import { misreadPage } from '../src/misread.ts'

const FORM: FormDefinition = {
  ...SMALL_FORM,
  fields: SMALL_FORM.fields.map((field, index) =>
    index === 2 ? { ...field, entry: 'single' } : field,
  ),
}

t.test('A26: a simulated typist keys the records and fields that are asked for', async (t) => {
  const property = fc.property(
    fc.integer(),
    fc.boolean(),
    fc.boolean(),
    fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1 }), { nil: undefined }),
    (seed, coreOnly, leavesRecordsOut, wanted) => {
      const places = wanted?.toSorted((a, b) => a - b)
      const asked = { coreOnly, ...(places && { places }) }
      const truth = [recordOf(), recordOf(), recordOf()]
      const habits = { errorRate: 0.3, leavesRecordsOut }
      const records = misreadPage(createRandom(seed, 'test'), FORM, truth, habits, asked)
      return checkRecords(FORM, records, asked).length === 0
    },
  )
  t.doesNotThrow(() => fc.assert(property))
})
