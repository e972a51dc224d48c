/**
 * Goal: what the OpenAPI document says of refusals is what comes.
 * Method: every operation that it describes, asked of a whole installation by somebody with all roles,
 * with ids that nothing has.
 */
import { openGateways, signIn } from '@songnhap/client'
import { PROBLEMS, type ProblemCode, ROLES } from '@songnhap/contracts'
import { recordOf, SMALL_FORM, testInstallation } from '@songnhap/testkit'
import { t } from 'tap'
import { findOperations } from './blindness/doors.ts'
import { closeConnections, exchange } from './blindness/exchange.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

/** What a route says when there is not what it was asked for. */
const ABSENT: readonly ProblemCode[] = ['NOT_FOUND', 'LEASE_ENDED']
/** Fewer means that they were not found. */
const ABSENT_MIN = 11

t.test(
  'D4: what says that it may be asked in vain is, and nothing refuses otherwise',
  async (t) => {
    const installation = await testInstallation(t)
    t.teardown(closeConnections)
    const { gatewayUrl, administrator } = installation
    const { login, password } = administrator
    const everything = { login: 'moi.viec', password, name: 'Mọi Việc', roles: [...ROLES] }
    const opener = await signIn(openGateways([gatewayUrl]), login, password)
    await opener.post('/api/accounts', everything)
    const person = await signIn(openGateways([gatewayUrl]), everything.login, password)
    const own = person.headersFor(gatewayUrl)

    let inVain = 0
    for (const operation of await findOperations(gatewayUrl)) {
      const { title, refusals } = operation
      // It would end the session that the others need.
      if (title === 'DELETE /api/session') continue
      const asking = operation.ask({ ...newIds(), records: [recordOf()], form: SMALL_FORM })
      const headers = { ...asking.headers, ...own }
      const { status, body } = await exchange(gatewayUrl, { ...asking, headers })
      const code = status < 400 ? undefined : codeOf(status, body, refusals)
      t.ok(code === undefined || refusals.includes(code), `${title}: ${code} is documented`)
      if (!refusals.some((one) => ABSENT.includes(one))) continue
      inVain += 1
      t.ok(code !== undefined && ABSENT.includes(code), `${title}: ${code ?? status}`)
    }
    t.ok(inVain >= ABSENT_MIN, `${inVain} operations say that they may be asked in vain`)
  },
)

/** The answer to HEAD has no body: there the status says which of the documented codes it is. */
function codeOf(status: number, body: Buffer, refusals: readonly ProblemCode[]) {
  if (body.length > 0) return JSON.parse(String(body)).code as ProblemCode
  return refusals.find((code) => PROBLEMS[code][0] === status)
}

/** Of nothing, and of something else at each call, since some of them make what they name. */
function newIds() {
  const names = ['campaignId', 'bookId', 'leaseToken', 'pageId', 'personId', 'entryId', 'importId']
  return Object.fromEntries(names.map((name) => [name, crypto.randomUUID()]))
}
