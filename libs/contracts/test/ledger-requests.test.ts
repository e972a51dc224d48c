import { t } from 'tap'
import { ledgerRequests } from '../src/index.ts'

t.test('what a service answers is described once, as checks are compiled and kept', async (t) => {
  const [one, other] = [ledgerRequests('intake'), ledgerRequests('intake')]
  for (const name of ['head', 'get', 'deadLetters', 'replay'] as const) {
    t.equal(one[name].request, other[name].request, name)
    t.equal(one[name].reply, other[name].reply, name)
  }
})
