import * as contracts from '@songnhap/contracts'
import { t } from 'tap'
import { THING_OF } from '../src/stream/thing-of.ts'

t.test('W19: there is no fact of which whoever watches would not hear', async (t) => {
  const kinds = Object.values(contracts).flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'producer' in one && 'kind' in one ? [one.kind] : [],
  )
  t.ok(kinds.length > 20)
  t.same(Object.keys(THING_OF).toSorted(), kinds.toSorted())
})
