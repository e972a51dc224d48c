/** Rules U6, U7 of docs/spec/audit.md: how much is drawn, and what. */
import { createHash } from 'node:crypto'
import { FIELD_CLASSES } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { drawSample, type Frame, frameHash, sampleSizes } from '../src/index.ts'

const seedFrom = (n: number) => createHash('sha256').update(String(n)).digest('hex')
const frames = fc.record({
  recordIds: fc.uniqueArray(fc.uuid(), { maxLength: 12 }),
  fields: fc.uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-z]{1,6}$/),
      class: fc.constantFrom(...FIELD_CLASSES),
    }),
    { maxLength: 5, selector: ({ name }) => name },
  ),
})

t.test('U6: all of a small class, else at least 200 and its share, critical ones more', (t) => {
  t.same(sampleSizes({ ordinary: 150 }), [{ class: 'ordinary', fields: 150, drawn: 150 }])
  t.same(sampleSizes({ ordinary: 9000, critical: 9000, 'identity-critical': 9000 }), [
    { class: 'identity-critical', fields: 9000, drawn: 540 },
    { class: 'critical', fields: 9000, drawn: 360 },
    { class: 'ordinary', fields: 9000, drawn: 200 },
  ])
  t.match(sampleSizes({ ordinary: 20_001 }), [{ drawn: 401 }])
  t.match(sampleSizes({ ordinary: 9000 }, 3000), [{ drawn: 3000 }], 'more, if somebody wants it')
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(1e6), (fields, least) => {
      const [size] = sampleSizes({ critical: fields }, least)
      const { drawn = 0 } = size ?? {}
      return (
        drawn <= fields && drawn >= Math.min(fields, 200, least) && drawn >= fields * 0.04 - 1e-9
      )
    }),
    { numRuns: 200 },
  )
  t.end()
})

t.test('U7: the same seed draws the same, whatever the order of the frame', async (t) => {
  await fc.assert(
    fc.asyncProperty(frames, fc.nat(), fc.nat(9), async (frame, salt, drawn) => {
      const sizes = FIELD_CLASSES.map((name) => ({ class: name, fields: 0, drawn }))
      const turned: Frame = {
        recordIds: frame.recordIds.toReversed(),
        fields: frame.fields.toReversed(),
      }
      const seed = seedFrom(salt)
      t.same(await drawSample(seed, turned, sizes), await drawSample(seed, frame, sizes))
      t.equal(frameHash(turned), frameHash(frame))
      const cells = await drawSample(seed, frame, sizes)
      t.equal(new Set(cells.map((cell) => cell.drawKey)).size, cells.length, 'none twice')
      for (const { class: of } of sizes) {
        const all = frame.recordIds.length * frame.fields.filter((one) => one.class === of).length
        t.equal(cells.filter((cell) => cell.class === of).length, Math.min(all, drawn))
      }
    }),
    { numRuns: 30 },
  )
})

t.test('U7: every field is drawn with the probability that is stated', async (t) => {
  const recordIds = Array.from({ length: 20 }, (_, n) => `record-${n}`)
  const frame: Frame = { recordIds, fields: [{ name: 'name', class: 'critical' }] }
  const times = new Map<string, number>()
  const SEEDS = 400
  for (let n = 0; n < SEEDS; n += 1) {
    const size = { class: 'critical' as const, fields: 20, drawn: 5 }
    for (const { recordId } of await drawSample(seedFrom(n), frame, [size])) {
      times.set(recordId, (times.get(recordId) ?? 0) + 1)
    }
  }
  // 100 of 400 expected, with a deviation of 8.7: five of these lie on either side.
  for (const recordId of recordIds) t.ok(Math.abs((times.get(recordId) ?? 0) - 100) < 44, recordId)
})
