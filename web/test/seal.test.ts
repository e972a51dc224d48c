/** Rules of docs/spec/workplace.md about what is kept on a computer that others use too. */
import fc from 'fast-check'
import { t } from 'tap'
import { fromBase64Url, sealWith, toBase64Url } from '../src/keeping/seal.ts'

const secret = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => new Uint8Array(bytes))
const content = fc.uint8Array({ maxLength: 500 }).map((bytes) => new Uint8Array(bytes))

t.test('K20: what is sealed opens with the same key at the same place, and only so', async () => {
  await fc.assert(
    fc.asyncProperty(secret, secret, content, async (mine, other, bytes) => {
      fc.pre(toBase64Url(mine) !== toBase64Url(other))
      const seal = await sealWith(mine)
      const sealed = await seal.close('draft 1', bytes)
      const opened = await seal.open('draft 1', sealed)
      if (opened === undefined || toBase64Url(opened) !== toBase64Url(bytes)) return false
      if ((await seal.open('draft 2', sealed)) !== undefined) return false
      return (await (await sealWith(other)).open('draft 1', sealed)) === undefined
    }),
    { numRuns: 20 },
  )
})

t.test(
  'K20: names of things are hidden, the same for a person and different between people',
  async (t) => {
    const [mine, other] = [
      await sealWith(new Uint8Array(32)),
      await sealWith(new Uint8Array(32).fill(1)),
    ]
    t.equal(await mine.hide('draft 1'), await mine.hide('draft 1'))
    t.not(await mine.hide('draft 1'), await mine.hide('draft 2'))
    t.not(await mine.hide('draft 1'), await other.hide('draft 1'))
  },
)

t.test('K20: a key comes from the gateway as it left it', async () => {
  fc.assert(
    fc.property(
      content,
      (bytes) => toBase64Url(fromBase64Url(toBase64Url(bytes))) === toBase64Url(bytes),
    ),
  )
})
