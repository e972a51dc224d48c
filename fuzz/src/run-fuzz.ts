/**
 * Throws generated input at every door of a running installation, and looks whether what must hold
 * still does. Doors come from what the installation and the contracts say of themselves.
 */
import { type Bus, connectBus } from '@songnhap/bus'
import { SERVICES } from '@songnhap/contracts'
import type { Installation } from '@songnhap/local'
import { readOperations } from '@songnhap/testkit'
import { pino } from 'pino'
import { Pool } from 'undici'
import { attackDoors } from './attack-doors.ts'
import { busDoors } from './bus-doors.ts'
import type { Door } from './door.ts'
import { factDoors } from './fact-doors.ts'
import { type Ground, layGround } from './ground.ts'
import { httpDoor } from './http-door.ts'
import { rawDoor } from './raw-door.ts'
import { socketDoor } from './socket-door.ts'
import { keyOnePage } from './still-works.ts'
import {
  compareSights,
  compareTables,
  look,
  readLogs,
  readTables,
  untilQuiet,
  verifyLedgers,
} from './watch.ts'

export interface FuzzOptions {
  readonly installation: Installation
  /** The state folder, where its logs are. */
  readonly folder: string
  readonly inputs: number
  readonly seed: number
  readonly report: (line: string) => void
  /** Ends early. */
  readonly stop?: AbortSignal
}

export interface FuzzResult {
  readonly inputs: number
  /** How often each door gave each code. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Whatever must not be, in words; of an input with its seed and the smallest one that does it. */
  readonly complaints: readonly string[]
}

/** First only what must be refused: then not one row may change. The rest comes in equal batches. */
const BROKEN_SHARE = 0.25
const BATCHES = 3
/** Seeds of a batch lie apart from those of the others. */
const SEED_STEP = 7_919
const CONNECTIONS = 32
const REQUEST_TIMEOUT_MS = 60_000

export async function runFuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { installation, folder, report } = options
  report('making people, a campaign and pages to attack')
  const ground = await layGround(installation)
  const lines = await openLines(installation)
  try {
    const before = await look(installation)
    const tables = await untilQuiet(installation.databaseUrl)
    const broken = await attack(options, ground, lines, 0, true)
    const changed = compareTables(tables, await readTables(installation.databaseUrl))
    // By now every process has what it needs: what it takes on from here on is too much.
    const sights = [await look(installation)]
    const mixed: Attack[] = []
    for (let batch = 1; batch <= BATCHES; batch++) {
      mixed.push(await attack(options, ground, lines, batch, false))
      sights.push(await look(installation))
    }
    report('keying a page from scan to settled record')
    const works = await complaintOf(() => keyOnePage(installation, ground))
    const all = [broken, ...mixed]
    return {
      inputs: all.reduce((sum, { inputs }) => sum + inputs, 0),
      counts: merge(...all.map(({ counts }) => counts)),
      complaints: [
        ...all.flatMap(({ complaints }) => complaints),
        ...changed.map((change) => `refused input changed ${change}`),
        ...works,
        ...compareSights(before, sights, options.inputs / BATCHES),
        ...(await verifyLedgers(installation.databaseUrl)),
        ...(await readLogs(folder)),
      ],
    }
  } finally {
    await lines.close()
  }
}

interface Lines {
  readonly pool: Pool
  readonly operator: Bus
  readonly services: ReadonlyMap<(typeof SERVICES)[number], Bus>
  close(): Promise<void>
}

async function openLines({ servers, namespace, gatewayUrl }: Installation): Promise<Lines> {
  const log = pino({ level: 'silent' })
  const open = (url: string, name: string) => connectBus({ url, namespace, name, log })
  const operator = await open(servers.natsUrl, 'operator')
  const services = new Map<(typeof SERVICES)[number], Bus>()
  for (const name of SERVICES) services.set(name, await open(servers.natsUrlOf(name), name))
  const pool = new Pool(gatewayUrl, {
    connections: CONNECTIONS,
    headersTimeout: REQUEST_TIMEOUT_MS,
    bodyTimeout: REQUEST_TIMEOUT_MS,
  })
  return {
    pool,
    operator,
    services,
    async close() {
      if (!pool.destroyed) await pool.destroy()
      await Promise.all([operator, ...services.values()].map((bus) => bus.close()))
    },
  }
}

type Attack = Awaited<ReturnType<typeof attackDoors>>

async function attack(
  { installation, inputs, seed, report, stop }: FuzzOptions,
  ground: Ground,
  { pool, operator, services }: Lines,
  batch: number,
  onlyBroken: boolean,
): Promise<Attack> {
  const { gatewayUrl } = installation
  const gateway = services.get('gateway') ?? operator
  const operations = await readOperations(gatewayUrl)
  const { origin } = new URL(gatewayUrl)
  const doors: Door[] = [
    ...operations.map((operation) => httpDoor(operation, ground, pool, origin, onlyBroken)),
    ...busDoors(gateway, operator, ground, onlyBroken),
    socketDoor(ground, gatewayUrl, onlyBroken),
    rawDoor(gatewayUrl),
    ...(onlyBroken ? [] : factDoors(operator, services)),
  ]
  const share = onlyBroken ? BROKEN_SHARE : (1 - BROKEN_SHARE) / BATCHES
  report(onlyBroken ? 'throwing what must be refused' : `throwing everything, batch ${batch}`)
  const seedOfBatch = seed + batch * SEED_STEP
  return await attackDoors(doors, Math.ceil(inputs * share), seedOfBatch, report, stop)
}

async function complaintOf(act: () => Promise<void>): Promise<string[]> {
  try {
    await act()
    return []
  } catch (error) {
    return [`a page cannot be keyed any more: ${String(error)}`]
  }
}

function merge(...all: FuzzResult['counts'][]): FuzzResult['counts'] {
  const merged = new Map<string, Map<string, number>>()
  for (const [door, codes] of all.flatMap((counts) => [...counts])) {
    const sum = merged.get(door) ?? new Map<string, number>()
    for (const [code, count] of codes) sum.set(code, (sum.get(code) ?? 0) + count)
    merged.set(door, sum)
  }
  return merged
}
