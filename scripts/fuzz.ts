/**
 * `npm run fuzz -- [--inputs 1000000] [--seed N] [--minutes 60]`: starts an installation on an empty folder of its
 * own and throws generated input at every door, as many as fit into the time. Exits 0 only if
 * everything that must hold did.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type FuzzResult, fuzzEnvironment, runFuzz } from '@songnhap/fuzz'
import { endOf, startInstallation } from '@songnhap/local'
import { startProgress, wordsOf } from './progress.ts'
import { stopSignal } from './stop-signal.ts'

const SEED_MAX = 2 ** 31
const MINUTE_MS = 60_000
const USAGE = 'npm run fuzz -- [--inputs 1000000] [--seed N] [--minutes 60]'
const report = startProgress()

process.exitCode = await main().catch((error: unknown) => {
  console.error(wordsOf(error))
  return 1
})

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      inputs: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * SEED_MAX)) },
      minutes: { type: 'string', default: '60' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  const [inputs, seed, minutes] = [values.inputs, values.seed, values.minutes].map(Number)
  if (!isWhole(inputs) || !isWhole(seed) || !isWhole(minutes)) {
    console.error(USAGE)
    return 2
  }
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-fuzz-'))
  try {
    return await attack(folder, inputs, seed, minutes)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function isWhole(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

async function attack(
  folder: string,
  inputs: number,
  seed: number,
  minutes: number,
): Promise<number> {
  const interrupted = stopSignal(report)
  const installation = await startInstallation({
    folder,
    durable: false,
    report,
    environment: fuzzEnvironment(),
  })
  try {
    const began = performance.now()
    const stop = endOf(minutes * MINUTE_MS, interrupted)
    const result = await runFuzz({ installation, folder, inputs, seed, report, stop })
    printCounts(result)
    for (const complaint of result.complaints) console.log(`✗ ${complaint}`)
    const seconds = Math.round((performance.now() - began) / 1000)
    console.log(
      `seed ${seed}: ${result.inputs} inputs in ${seconds} s, ${result.complaints.length} complaints`,
    )
    return result.complaints.length === 0 && !interrupted.aborted ? 0 : 1
  } finally {
    await installation.stop()
  }
}

function printCounts({ counts }: FuzzResult): void {
  for (const [door, codes] of [...counts].toSorted()) {
    const told = [...codes].toSorted().map(([code, count]) => `${code} ${count}`)
    console.log(`${door}: ${told.join(', ')}`)
  }
}
