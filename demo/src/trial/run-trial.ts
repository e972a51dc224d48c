/**
 * A whole campaign with people whose accuracy is known, through the public doors of a running
 * installation: keyed, ruled on, audited, and then everything that was measured beside what is true.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type Api, openGateways, patiently, signIn } from '@songnhap/client'
import type { FormDefinition, SettlingProgress } from '@songnhap/contracts'
import { auditTrialBooks, type TrialAudit } from './audit-trial-books.ts'
import { planTrial, type TrialBook, type TrialPlan, type TrialSizes } from './plan-trial.ts'
import {
  type MeasuredArbiter,
  type MeasuredPair,
  type MeasuredTypist,
  readArbitersOfTrial,
  readPairsOfTrial,
  readTypists,
} from './read-measured.ts'
import { readTrialForm, truthsOf, uploadTrialPages } from './trial-pages.ts'
import {
  openTrialAccount,
  ruleInTrial,
  type TrialPaper,
  type TrialTally,
  typeInTrial,
} from './trial-people.ts'

const LOOK_EVERY_MS = 500
/** Who decided about a page in one way does not in another: it takes some of them. */
const SUPERVISORS = ['supervisor.1', 'supervisor.2', 'supervisor.3']
const STALLED_AFTER_MS = 120_000

export interface TrialOptions extends TrialSizes {
  readonly gatewayUrls: readonly string[]
  readonly administrator: { readonly login: string; readonly password: string }
  readonly onStage: (words: string) => void
  readonly stop: AbortSignal
}

export interface TrialResult {
  readonly seed: number
  readonly pages: number
  readonly seconds: Readonly<Record<'intake' | 'keying' | 'audits', number>>
  readonly typists: readonly MeasuredTypist[]
  readonly audits: readonly TrialAudit[]
  readonly pairs: readonly MeasuredPair[]
  readonly arbiters: readonly MeasuredArbiter[]
}

interface Campaign {
  readonly campaignId: string
  readonly books: readonly (TrialBook & { readonly bookId: string })[]
}

export async function runTrial(options: TrialOptions): Promise<TrialResult> {
  const plan = planTrial(options)
  const form = await readTrialForm()
  const gateways = openGateways(options.gatewayUrls)
  const { login, password } = options.administrator
  const api = await patiently(() => signIn(gateways, login, password))
  const typists = await Promise.all(
    plan.typists.map((typist) => openTrialAccount(api, typist.login, 'typist')),
  )
  const arbiters = await Promise.all(
    plan.arbiters.map((arbiter) => openTrialAccount(api, arbiter.login, 'arbiter')),
  )
  const supervisors = await Promise.all(
    SUPERVISORS.map((name) => openTrialAccount(api, name, 'supervisor')),
  )
  const tallies = typists.map(({ personId }): TrialTally => {
    return { personId, mixedPages: 0, tiredPages: 0 }
  })
  const idOf = (place: number) => typists[place]?.personId ?? ''
  const mixed = await openCampaign(api, form, plan, null, [])
  const paired: Campaign[] = []
  // A campaign each: where several pairs are declared, each may get any page.
  for (const pair of plan.pairs) {
    paired.push(await openCampaign(api, form, plan, pair.name, [pair.members.map(idOf)]))
  }

  const clock = stopwatch()
  const arriving = takeIn(api, [mixed, ...paired], options)
  await Promise.race([arriving.enough, arriving.all])
  const intake = clock()
  const paper: TrialPaper = { form, plan, truths: truthsOf(plan) }
  const finished = new AbortController()
  const stop = AbortSignal.any([options.stop, finished.signal])
  const doors = (index: number) => openGateways(options.gatewayUrls, index)
  const working = [
    ...typists.map((account, place) => {
      const tally = tallies[place]
      if (tally === undefined) throw new RangeError(`there is no typist ${place}`)
      return typeInTrial(doors(place), account, place, paper, tally, stop)
    }),
    ...plan.arbiters.map(({ rate }, place) => {
      const account = arbiters[place]
      if (account === undefined) throw new RangeError(`there is no arbiter ${place}`)
      return ruleInTrial(doors(place), account, 'arbitration', rate, paper, stop)
    }),
    ...supervisors.map((account) => ruleInTrial(doors(0), account, 'escalation', 0, paper, stop)),
  ]
  const signer = await openTrialAccount(api, 'signer', 'supervisor')
  const desk = await patiently(() => signIn(gateways, signer.login, signer.password))
  const arbiterIds = arbiters.map(({ personId }) => personId)
  const trial = { plan, paper, mixed, paired, tallies, arbiterIds }
  const evaluating = evaluate(desk, trial, options, clock)
  try {
    // People work until they are stopped: whoever ends before has failed.
    const all = Promise.all([arriving.all, ...working]).then(() => evaluating)
    const result = await Promise.race([evaluating, all])
    const { seconds, ...measured } = result
    return { seed: plan.seed, pages: options.pages, seconds: { intake, ...seconds }, ...measured }
  } finally {
    finished.abort()
    await Promise.allSettled(working)
  }
}

interface Trial {
  readonly plan: TrialPlan
  readonly paper: TrialPaper
  readonly mixed: Campaign
  readonly paired: readonly Campaign[]
  readonly tallies: readonly TrialTally[]
  readonly arbiterIds: readonly string[]
}

async function evaluate(
  api: Api,
  { plan, paper, mixed, paired, tallies, arbiterIds }: Trial,
  { onStage, stop }: TrialOptions,
  clock: () => number,
) {
  const campaigns = [mixed, ...paired]
  await untilSettled(api, campaigns, onStage, stop)
  const keying = clock()
  const audits = await auditTrialBooks(api, campaigns, paper, onStage, stop)
  // Afterwards: by the audits it is known what agreed errors hide.
  const typists = await readTypists(api, mixed.campaignId, plan, tallies)
  const campaignIds = campaigns.map(({ campaignId }) => campaignId)
  const pairs = await readPairsOfTrial(api, campaignIds, plan, tallies)
  const arbiters = await readArbitersOfTrial(api, mixed.campaignId, plan, arbiterIds)
  return { seconds: { keying, audits: clock() }, typists, audits, pairs, arbiters }
}

async function openCampaign(
  api: Api,
  form: FormDefinition,
  plan: TrialPlan,
  pair: string | null,
  pairs: readonly (readonly string[])[],
): Promise<Campaign> {
  const campaignId = crypto.randomUUID()
  const name = pair ?? 'Chạy thử'
  await patiently(() => api.post('/api/campaigns', { campaignId, name, form, pairs }))
  const isOurs = (book: TrialBook) => (book.pair?.name ?? null) === pair
  const books = plan.books.filter(isOurs).map((book) => ({ ...book, bookId: crypto.randomUUID() }))
  return { campaignId, books }
}

/**
 * `enough` is half of the pages: forty who wait, and are offered each page as it comes, would take most of the
 * processors, and taking in pages alone leaves them waiting for the disk.
 */
function takeIn(api: Api, campaigns: readonly Campaign[], { pages, onStage }: TrialOptions) {
  const enough = Promise.withResolvers<void>()
  let uploaded = 0
  const carry = async () => {
    for (const { campaignId, books } of campaigns) {
      await uploadTrialPages(api, campaignId, books, (count) => {
        uploaded += count
        onStage(`${uploaded} of ${pages} pages are in`)
        if (uploaded >= pages / 2) enough.resolve()
      })
    }
  }
  return { enough: enough.promise, all: carry() }
}

async function untilSettled(
  api: Api,
  campaigns: readonly Campaign[],
  onStage: (words: string) => void,
  stop: AbortSignal,
): Promise<void> {
  const all = campaigns.flatMap(({ books }) => books).reduce((sum, { pages }) => sum + pages, 0)
  let [last, movedAt] = ['', Date.now()]
  for (;;) {
    const settling = await Promise.all(
      campaigns.map(async ({ campaignId }) => {
        const path = `/api/campaigns/${campaignId}/progress`
        return (await patiently(() => api.get<{ settling: SettlingProgress }>(path))).settling
      }),
    )
    const settled = settling.reduce((sum, { pagesSettled }) => sum + pagesSettled, 0)
    const now = JSON.stringify(settling)
    if (now !== last) onStage(`${settled} of ${all} pages are settled`)
    if (settled === all) return
    if (now !== last) movedAt = Date.now()
    last = now
    if (Date.now() - movedAt > STALLED_AFTER_MS) throw new Error(`the trial stands still: ${now}`)
    await wait(LOOK_EVERY_MS, undefined, { signal: stop })
  }
}

/** Seconds since it was asked last. */
function stopwatch(): () => number {
  let last = performance.now()
  return () => {
    const since = (performance.now() - last) / 1000
    last = performance.now()
    return Math.round(since * 10) / 10
  }
}
