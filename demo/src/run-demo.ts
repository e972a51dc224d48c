/** The whole job with simulated people, through the public doors of a running installation. */
import { setTimeout as wait } from 'node:timers/promises'
import { type Api, openGateways, patiently, signIn } from '@songnhap/client'
import type {
  ArbiterFigures,
  KeyingProgress,
  OperatorFigures,
  SettledRecord,
  SettlingProgress,
  TypedRecords,
  Violations,
  WorkKind,
} from '@songnhap/contracts'
import { createRandom } from '@songnhap/samples'
import { countWrongFields, type WrongFields } from './count-wrong-fields.ts'
import { keepWorking } from './keep-working.ts'
import type { PageSource } from './page-source.ts'
import { makePeople, type SimulatedPerson } from './people.ts'
import { readAll } from './read-all.ts'
import { simulatedArbiter } from './simulated-arbiter.ts'
import { simulatedTypist } from './simulated-typist.ts'
import { knownPages, uploadPages } from './upload-pages.ts'

const LOOK_EVERY_MS = 500
const STALLED_AFTER_MS = 120_000
const CAPACITY = 2

export interface DemoOptions {
  /** People are spread over them, and go on to the next when one stops. */
  readonly gatewayUrls: readonly string[]
  readonly administrator: { readonly login: string; readonly password: string }
  readonly source: PageSource
  readonly typists: number
  readonly arbiters: number
  readonly seed: number
  /** The lease of the installation's entry and reconcile services. */
  readonly leaseMs: number
  readonly onStage?: (stage: DemoStage) => void
  /** Ends the run before it is done; it then fails. */
  readonly stop?: AbortSignal
}

/** How far the run is. */
export interface DemoStage {
  readonly total: number
  readonly uploaded: number
  readonly entries: number
  readonly settled: number
}

interface DemoOperator {
  readonly name: string
  readonly role: SimulatedPerson['role']
  /** Fields judged (typists) or rulings made (arbiters). */
  readonly fields: number
  /** Null for arbiters: nobody has judged their rulings yet. */
  readonly wrong: number | null
  readonly rate: number | null
  readonly low: number | null
  readonly high: number | null
  readonly trueRate: number
}

export interface DemoResult {
  readonly pages: number
  readonly records: number
  readonly entries: number
  readonly duplicates: number
  readonly expiredLeases: number
  readonly fieldsCompared: number
  readonly mismatches: number
  readonly rulings: number
  readonly settledRecords: number
  readonly settledFields: number
  readonly wrongFields: WrongFields
  readonly operators: readonly DemoOperator[]
  readonly seconds: number
  readonly violations: Violations & { readonly lostEntries: number }
}

interface Team {
  readonly people: readonly (SimulatedPerson & { personId: string; password: string })[]
}

export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const started = performance.now()
  const { gatewayUrls, administrator, source } = options
  const gateways = openGateways(gatewayUrls)
  const api = await patiently(() => signIn(gateways, administrator.login, administrator.password))
  const campaignId = crypto.randomUUID()
  await patiently(() =>
    api.post('/api/campaigns', { campaignId, name: 'Chạy thử', form: source.form, pairs: [] }),
  )
  const team = await openAccounts(api, options)
  const truths = new Map<string, TypedRecords>()
  const acknowledged = new Set<string>()
  const finished = new AbortController()

  const stop = AbortSignal.any([
    finished.signal,
    ...(options.stop === undefined ? [] : [options.stop]),
  ])
  let uploaded = 0
  const uploading = uploadPages(api, campaignId, source, truths, stop, () => {
    uploaded += 1
  })
  const working = team.people.map((person, index) =>
    work(options, person, index, truths, acknowledged, stop),
  )
  const settling = watch(api, campaignId, options, uploading, truths, stop, () => uploaded)
  const all = [uploading, settling, ...working]
  try {
    // Whoever fails first fails the run: people and uploads only fail on what is a defect.
    await Promise.race([Promise.all([uploading, settling]), Promise.all(working)])
    await settling
  } finally {
    finished.abort()
    await Promise.allSettled(all)
  }
  await Promise.all(all)
  const seconds = (performance.now() - started) / 1000
  return await collect(api, campaignId, options, team, truths, acknowledged, seconds)
}

async function openAccounts(api: Api, options: DemoOptions): Promise<Team> {
  const people = []
  for (const person of makePeople(options.seed, options.typists, options.arbiters)) {
    const { login, name, role } = person
    const password = crypto.randomUUID()
    const { personId } = await patiently(() =>
      api.post<{ personId: string }>('/api/accounts', { login, name, roles: [role], password }),
    )
    people.push({ ...person, personId, password })
  }
  return { people }
}

const WORK_OF: Partial<Record<SimulatedPerson['role'], WorkKind>> = {
  typist: 'typing',
  arbiter: 'arbitration',
  supervisor: 'escalation',
}

async function work(
  options: DemoOptions,
  person: Team['people'][number],
  index: number,
  truths: ReadonlyMap<string, TypedRecords>,
  acknowledged: Set<string>,
  stop: AbortSignal,
): Promise<void> {
  const settings = {
    random: createRandom(options.seed, person.login),
    form: options.source.form,
    errorRate: person.errorRate,
    truthOf: knownPages(truths).truthOf,
    leaseMs: options.leaseMs,
    // With few colleagues a skipped page could find nobody else.
    skips: options.typists >= 4,
    // Nor would a record that is to be keyed by somebody new.
    leavesRecordsOut: options.typists >= 4,
    acknowledged: (entryId: string) => void acknowledged.add(entryId),
  }
  const act = person.role === 'typist' ? simulatedTypist(settings) : simulatedArbiter(settings)
  const hello = { work: WORK_OF[person.role] ?? 'typing', capacity: CAPACITY }
  await keepWorking(openGateways(options.gatewayUrls, index), person, hello, act, stop)
}

interface Progress {
  readonly keying: KeyingProgress
  readonly settling: SettlingProgress
}

/** Waits until every page is settled; gives up when nothing has moved for two minutes. */
async function watch(
  api: Api,
  campaignId: string,
  options: DemoOptions,
  uploading: Promise<void>,
  truths: ReadonlyMap<string, TypedRecords>,
  stop: AbortSignal,
  uploaded: () => number,
): Promise<void> {
  let allIn = false
  // A failed upload ends the run where it is waited for; here it only means: not all in.
  void uploading.then(
    () => {
      allIn = true
    },
    () => {},
  )
  let last = ''
  let movedAt = Date.now()
  for (;;) {
    const { keying, settling } = await patiently(() =>
      api.get<Progress>(`/api/campaigns/${campaignId}/progress`),
    )
    const stage = {
      total: options.source.total,
      uploaded: uploaded(),
      entries: keying.entries,
      settled: settling.pagesSettled,
    }
    options.onStage?.(stage)
    if (allIn && settling.pagesSettled >= truths.size) return
    const now = JSON.stringify([stage, settling.rulings])
    if (now !== last) movedAt = Date.now()
    last = now
    if (Date.now() - movedAt > STALLED_AFTER_MS) {
      throw new Error(`the run stands still: ${JSON.stringify({ keying, settling })}`)
    }
    if (stop.aborted) throw new Error('the run was stopped')
    await wait(LOOK_EVERY_MS)
  }
}

async function collect(
  api: Api,
  campaignId: string,
  options: DemoOptions,
  team: Team,
  truths: ReadonlyMap<string, TypedRecords>,
  acknowledged: ReadonlySet<string>,
  seconds: number,
): Promise<DemoResult> {
  const path = `/api/campaigns/${campaignId}`
  const { keying, settling } = await patiently(() => api.get<Progress>(`${path}/progress`))
  const violations = await patiently(() => api.get<Violations>(`${path}/audit`))
  const accuracy = await patiently(() =>
    api.get<{ typists: OperatorFigures[]; arbiters: ArbiterFigures[] }>(`${path}/operators`),
  )
  const settled = await readRecords(api, path)
  const entries = keying.entries + keying.spareReadings
  const stored = await readEntryIds(api, path)
  const kept = [...acknowledged].filter((entryId) => stored.has(entryId)).length
  return {
    pages: truths.size,
    records: [...truths.values()].reduce((sum, records) => sum + records.length, 0),
    entries,
    duplicates: keying.repeatedSubmissions,
    expiredLeases: keying.expiredLeases,
    fieldsCompared: settling.fieldsCompared,
    mismatches: settling.mismatches,
    rulings: settling.rulings,
    settledRecords: settled.length,
    settledFields: settled.length * options.source.form.fields.length,
    wrongFields: countWrongFields(options.source.form, truths, settled),
    operators: team.people.map((person) => operator(person, accuracy)),
    seconds: Math.round(seconds * 10) / 10,
    violations: { ...violations, lostEntries: acknowledged.size - kept },
  }
}

function operator(
  { personId, name, role, errorRate }: Team['people'][number],
  accuracy: { typists: OperatorFigures[]; arbiters: ArbiterFigures[] },
): DemoOperator {
  const typist = accuracy.typists.find(({ operatorId }) => operatorId === personId)
  const rulings = accuracy.arbiters.find(({ arbiterId }) => arbiterId === personId)?.rulings ?? 0
  const rate = typist?.rate ?? null
  return {
    name,
    role,
    fields: role === 'typist' ? (typist?.judged ?? 0) : rulings,
    wrong: rate?.numerator ?? null,
    rate: rate?.value ?? null,
    low: rate?.low ?? null,
    high: rate?.high ?? null,
    trueRate: errorRate,
  }
}

/** The ids of all entries that are really stored. */
async function readEntryIds(api: Api, path: string): Promise<Set<string>> {
  const entries = await readAll<{ entryId: string }>(api, `${path}/entries`, 'entries', 'entryId')
  return new Set(entries.map(({ entryId }) => entryId))
}

async function readRecords(api: Api, path: string): Promise<SettledRecord[]> {
  return await readAll<SettledRecord>(api, `${path}/records`, 'records', 'recordId')
}
