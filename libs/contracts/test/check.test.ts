import { randomUUID } from 'node:crypto'
import { t } from 'tap'
import { checkLeniently, checkStrictly } from '../src/check.ts'
import * as contracts from '../src/index.ts'

t.test(
  'B1: a producer is refused a field its contract does not name, a consumer looks past it',
  async (t) => {
    const body = { bookId: randomUUID(), campaignId: randomUUID(), title: 'Sổ 01', later: true }
    const { kind, body: schema } = contracts.bookOpened
    t.throws(() => checkStrictly(kind, schema)(body), { name: 'ContractBroken' })
    t.match(checkLeniently(kind, schema)(body), { title: 'Sổ 01' })
  },
)

t.test('B3: what breaks a contract is told what would not, and never what it said', async (t) => {
  const check = checkStrictly('a page handed back', contracts.SkipBody)
  t.throws(() => check({ reason: 'Trần Thị Mận' }), {
    name: 'ContractBroken',
    message: `a page handed back: /reason must be one of ${contracts.SKIP_REASONS.join(', ')}`,
  })
})
