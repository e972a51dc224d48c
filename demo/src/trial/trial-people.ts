import { setTimeout as wait } from 'node:timers/promises'
import { type Api, type Assignment, type Gateways, patiently } from '@songnhap/client'
import { type FormDefinition, Problem, type Role, type TypedRecords } from '@songnhap/contracts'
import { createRandom } from '@songnhap/samples'
import { keepWorking, type Work } from '../keep-working.ts'
import { ruleOnPage } from '../rule-on-page.ts'
import { misreadInTrial } from './misread-in-trial.ts'
import { DRIFT_ODDS, type TrialPlan } from './plan-trial.ts'
import { shiftOdds } from './shift-odds.ts'

const CAPACITY = 4
const AGAIN_MS = 100
const OVERTAKEN = new Set(['LEASE_ENDED', 'RULED_ALREADY', 'UNAVAILABLE'])

/** What is on paper, for whoever works in the trial. */
export interface TrialPaper {
  readonly form: FormDefinition
  readonly plan: TrialPlan
  /** By page, counted over the whole plan. */
  readonly truths: readonly TypedRecords[]
}

/** What came of each typist's work, for the reckoning at the end. */
export interface TrialTally {
  readonly personId: string
  mixedPages: number
  tiredPages: number
}

interface Account {
  readonly login: string
  readonly password: string
  readonly personId: string
}

export async function openTrialAccount(api: Api, login: string, role: Role): Promise<Account> {
  const password = crypto.randomUUID()
  const { personId } = await patiently(() =>
    api.post<{ personId: string }>('/api/accounts', {
      login,
      name: login,
      roles: [role],
      password,
    }),
  )
  return { login, password, personId }
}

/** Keys whatever comes until `stop`; whoever is in a pair that copies keys the pair's pages as one person. */
export async function typeInTrial(
  gateways: Gateways,
  account: Account,
  place: number,
  paper: TrialPaper,
  tally: TrialTally,
  stop: AbortSignal,
): Promise<void> {
  const { plan } = paper
  const typist = plan.typists[place]
  if (typist === undefined) throw new RangeError(`there is no typist ${place}`)
  const pair = plan.pairs.find(({ members }) => members.includes(place))
  const act: Work = async (assignment, line) => {
    if (assignment.kind !== 'typing') throw new Error('a typist was sent an arbitration')
    const { pageId, leaseToken } = assignment
    const { book, index, truth } = onPaper(paper, assignment)
    const isWhole = assignment.places === undefined
    const isTired = typist.tiresAfter !== null && tally.mixedPages >= typist.tiresAfter
    if (book.pair === null && isWhole) {
      tally.mixedPages += 1
      if (isTired) tally.tiredPages += 1
    }
    const copies = isWhole && book.pair === pair && pair?.copies === true
    const writer = copies ? (plan.typists[pair.members[0]] ?? typist) : typist
    const shift = (plan.difficulties[index] ?? 0) + (isTired ? Math.log(DRIFT_ODDS) : 0)
    const random = copies
      ? createRandom(plan.seed, 'copied', index)
      : createRandom(plan.seed, typist.login, index, isWhole ? 'whole' : 'part')
    const page = { seed: plan.seed, index, truth, errorRate: shiftOdds(writer.rate, shift) }
    const records = misreadInTrial(random, paper.form, page, assignment)
    const entryId = crypto.randomUUID()
    await line.stream.order({ type: 'submit', entryId, pageId, leaseToken, records })
  }
  await keepWorking(gateways, account, { work: 'typing', capacity: CAPACITY }, act, stop)
}

/** Rules on whatever comes until `stop`. */
export async function ruleInTrial(
  gateways: Gateways,
  account: Account,
  work: 'arbitration' | 'escalation',
  errorRate: number,
  paper: TrialPaper,
  stop: AbortSignal,
): Promise<void> {
  const settings = {
    random: createRandom(paper.plan.seed, account.login),
    form: paper.form,
    errorRate,
    passesOn: 0,
  }
  const act: Work = async (assignment, line) => {
    if (assignment.kind !== 'arbitration') throw new Error('an arbiter was sent a page to key')
    const { truth } = onPaper(paper, assignment)
    const order = {
      type: 'rule',
      submissionId: crypto.randomUUID(),
      leaseToken: assignment.leaseToken,
      rulings: ruleOnPage(settings, assignment, truth),
    } as const
    try {
      const { open } = await line.stream.order(order)
      if (open !== undefined && open > 0) line.stream.close()
    } catch (error) {
      if (!(error instanceof Problem) || !OVERTAKEN.has(error.code)) throw error
      await wait(AGAIN_MS)
    }
  }
  await keepWorking(gateways, account, { work, capacity: CAPACITY }, act, stop)
}

/** The page that is asked for: its book by the title, and its place there. */
function onPaper({ plan, truths }: TrialPaper, asked: Pick<Assignment, 'bookTitle' | 'sequence'>) {
  const book = plan.books.find(({ title }) => title === asked.bookTitle)
  if (book === undefined) throw new Error('a page of a book that nobody opened')
  const index = book.firstPage + asked.sequence - 1
  const truth = truths[index]
  if (truth === undefined) throw new Error('a page that nobody uploaded')
  return { book, index, truth }
}
