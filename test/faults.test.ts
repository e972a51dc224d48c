/**
 * Goal: whatever is killed, nothing that was typed is lost and nothing is settled twice.
 * Method: a whole installation, simulated people at work; in mid-run each of the four services,
 * nats-server and PostgreSQL are killed with SIGKILL and started again, then the whole JetStream
 * store is deleted. Every fault strikes only after the run has moved on since the one before.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SERVICES } from '@songnhap/contracts'
import {
  type DemoResult,
  type DemoStage,
  demoEnvironment,
  type PageSource,
  runDemo,
} from '@songnhap/demo'
import type { Installation } from '@songnhap/local'
import { eventually, testInstallation } from '@songnhap/testkit'
import { type Test, t } from 'tap'
import { blankPages } from './blank-pages.ts'
import { checkLedgers, checkReadings } from './check-ledgers.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

/** So many come in when a fault strikes, and again when it is over: it never finds the work done. */
const PAGES_A_STEP = 3
const LEASE_SECONDS = 4
const MOVES_WITHIN_MS = 90_000

t.test('S1, S2: killed services and servers, and an emptied bus, cost nothing', async (t) => {
  const installation = await testInstallation(t, {
    report: (line) => t.comment(line),
    environment: demoEnvironment(LEASE_SECONDS),
    durable: true,
  })

  const faults = faultsOf(installation)
  const total = PAGES_A_STEP * (2 * faults.length + 2)
  let stage: DemoStage = { total, uploaded: 0, entries: 0, settled: 0 }
  let letIn = 2 * PAGES_A_STEP
  const letMoreIn = () => {
    letIn += PAGES_A_STEP
  }
  const running = runDemo({
    gatewayUrls: installation.gatewayUrls,
    administrator: installation.administrator,
    source: await comingIn(total, () => letIn),
    typists: 5,
    arbiters: 2,
    seed: 7,
    leaseMs: LEASE_SECONDS * 1000,
    onStage: (now) => {
      stage = now
    },
  })
  const [result] = await Promise.all([running, strike(t, faults, () => stage, letMoreIn)])

  checkResult(t, result, total)
  await checkLedgers(t, installation)
  await checkReadings(t, installation)
  const heard = await readFile(join(installation.folder, 'logs', 'nats-server.log'), 'utf8')
  // An answer that was under way when the server was killed may come to one that knows no question.
  const violations = heard
    .split('\n')
    .filter((line) => /violation/i.test(line) && !/Publish Violation .*_INBOX_/.test(line))
  t.same(violations, [], 'no service said or heard what it may not')
})

/** Pages that come in bit by bit, as they are let in. */
async function comingIn(total: number, letIn: () => number): Promise<PageSource> {
  const source = await blankPages(total, 7)
  return {
    ...source,
    async page(index) {
      await eventually(letIn, (pages) => index < pages, 2 * MOVES_WITHIN_MS)
      return await source.page(index)
    },
  }
}

type Fault = readonly [what: string, strike: () => Promise<void>]

function faultsOf({ services, servers }: Installation): readonly Fault[] {
  return [
    ...SERVICES.map(
      (name): Fault => [
        `${name} is killed`,
        async () => {
          for (const service of services[name]) {
            await service.kill('SIGKILL')
            await service.start()
          }
        },
      ],
    ),
    [
      'nats-server is killed',
      async () => {
        await servers.nats.kill('SIGKILL')
        await servers.nats.start()
      },
    ],
    [
      'PostgreSQL is killed',
      async () => {
        await servers.postgres.kill('SIGKILL')
        await servers.postgres.start()
      },
    ],
    [
      'nats-server starts with an empty store',
      async () => {
        await servers.nats.stop()
        await servers.nats.wipe()
        await servers.nats.start()
      },
    ],
  ]
}

/** One fault after the other, each once at least two more pages have been settled. */
async function strike(
  t: Test,
  faults: readonly Fault[],
  stage: () => DemoStage,
  letMoreIn: () => void,
): Promise<void> {
  for (const [what, fault] of faults) {
    const before = stage().settled
    await eventually(stage, ({ settled }) => settled >= before + 2, MOVES_WITHIN_MS)
    letMoreIn()
    const { settled, total } = stage()
    t.ok(settled < total, `${what} in mid-run, at ${settled} of ${total} pages`)
    await fault()
    letMoreIn()
  }
}

function checkResult(t: Test, result: DemoResult, total: number): void {
  t.equal(result.pages, total)
  t.same(result.violations, {
    samePersonTwice: 0,
    arbiterTyped: 0,
    doubleSettled: 0,
    lostEntries: 0,
  })
  t.ok(Math.abs(result.settledRecords - result.records) <= 2, 'records came out as they went in')
  t.ok(result.entries >= 2 * total, 'both passes of every page were keyed')
}
