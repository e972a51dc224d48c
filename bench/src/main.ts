/** `npm run bench -- NAME [--json] [--SIZE N]…`: one question about speed, and its answer. */
import { endOf } from '@songnhap/local'
import type { Bench, BenchAnswer } from './bench.ts'
import { run as claim } from './claim.ts'
import { run as compare } from './compare.ts'
import { run as coverage } from './coverage.ts'
import { describeEnvironment } from './describe-environment.ts'
import { run as figures } from './figures.ts'
import { run as files } from './files.ts'
import { run as intake } from './intake.ts'
import { run as pipeline } from './pipeline.ts'
import { run as stream } from './stream.ts'
import { run as weakLine } from './weak-line.ts'

/** A new bench is one file that exports `run`, and one line here. */
const BENCHES: Readonly<Record<string, Bench>> = {
  pipeline,
  claim,
  stream,
  intake,
  compare,
  files,
  coverage,
  figures,
  'weak-line': weakLine,
}

const RUN_MAX_MS = 10 * 60_000
/** How long a bench that was told to leave off may take to clean up. */
const LEAVING_MAX_MS = 60_000
const USAGE = `usage: npm run bench -- ${Object.keys(BENCHES).join('|')} [--json] [--SIZE N]...`

/** Progress goes to standard error, so that the answer alone is on standard output. */
const say = (line: string) => void process.stderr.write(`${line}\n`)

process.exitCode = await main(process.argv.slice(2))

async function main([name = '', ...words]: readonly string[]): Promise<number> {
  if (name === '--help') {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  const run = BENCHES[name]
  if (run === undefined) {
    say(USAGE)
    return 2
  }
  const json = words.includes('--json')
  try {
    const sizes = readNumbers(words.filter((word) => word !== '--json'))
    print(name, await run({ sizes, say, stop: stopSignal() }), json)
    return 0
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return 1
  }
}

/** `--pages 1000` and the like. */
function readNumbers(words: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>()
  for (let index = 0; index < words.length; index += 2) {
    const [flag = '', value = ''] = words.slice(index, index + 2)
    if (!/^--[a-z-]+$/.test(flag) || !/^\d+$/.test(value)) throw new Error(USAGE)
    numbers.set(flag.slice(2), Number(value))
  }
  return numbers
}

/** Fires on Ctrl-C, and when a run has taken longer than any should. */
function stopSignal(): AbortSignal {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupted.abort(new Error('interrupted')))
  }
  const stop = endOf(RUN_MAX_MS, interrupted.signal)
  stop.addEventListener('abort', () => {
    say('leaving off')
    // The servers go with this process; only their folder would stay behind.
    setTimeout(() => process.exit(1), LEAVING_MAX_MS).unref()
  })
  return stop
}

function print(name: string, { question, method, figures, lines }: BenchAnswer, json: boolean) {
  const environment = describeEnvironment()
  const all = JSON.stringify({ bench: name, at: new Date().toISOString(), environment, figures })
  const words = [`question: ${question}`, `method: ${method}`, `on: ${environment}`, '', ...lines]
  process.stdout.write(json ? `${all}\n` : `${words.join('\n')}\n\n${all}\n`)
}
