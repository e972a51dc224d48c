import { t } from 'tap'
import { ledgerRequests } from '../src/index.ts'

t.test(
  'what a service answers is defined once, as each definition is compiled and kept',
  async (t) => {
    t.equal(ledgerRequests('intake'), ledgerRequests('intake'))
    t.not(ledgerRequests('intake').head, ledgerRequests('entry').head)
  },
)
