import { resolve } from 'node:path'
import { Problem } from '@songnhap/contracts'
import pLimit from 'p-limit'
import type { Answer, End, Examined, Job, MadePage, Results, Unpacked } from './job.ts'
import { DECODING_LIMITS, type DecodingLimits } from './limits.ts'
import { type Decoder, startDecoder } from './start-decoder.ts'

const TRIES_MAX = 2
/** Then they give their memory back. */
const IDLE_MS = 10_000

/**
 * Decodes strangers' files in processes of their own, so many at a time; others wait in order. What
 * is wrong with a file is thrown as its Problem; any other error says nothing against the file.
 */
export interface Decoders {
  /** What a file is. A picture is made into a page on the way. */
  examine(path: string): Promise<Examined>
  /** A page of a file that `examine` called `pages`, from 1. */
  readPage(path: string, page: number): Promise<MadePage>
  /** The files in one that `examine` called `zip`, in the order of their names. */
  unpack(path: string): Promise<readonly Unpacked[]>
  /** Ends every process; what was under way fails. */
  close(): void
}

/** What is made is left in `folder`. */
export function openDecoders(folder: string, limits: DecodingLimits = DECODING_LIMITS): Decoders {
  const into = resolve(folder)
  const inTurn = pLimit(limits.processesMax)
  const pool = openPool(() => startDecoder(limits.memoryBytesMax), limits)
  const run = <W extends Job['what']>(what: W, path: string, page = 1): Promise<Results[W]> =>
    inTurn(async () => {
      const job: Job = { what, path: resolve(path), page, folder: into }
      const secondsMax = what === 'unpack' ? limits.unpackSecondsMax : limits.pageSecondsMax
      return (await carryOut(pool, job, secondsMax)) as Results[W]
    })
  return {
    examine: (path) => run('examine', path),
    readPage: (path, page) => run('page', path, page),
    unpack: (path) => run('unpack', path),
    close: () => pool.close(),
  }
}

async function carryOut(pool: Pool, job: Job, secondsMax: number): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    const decoder = await pool.take(job.path)
    const answer = await decoder.do(job, secondsMax)
    pool.giveBack(decoder, answer)
    if (answer === 'too slow') throw new Problem('FILE_TOO_SLOW')
    if (answer === 'killed' || answer === 'crashed') {
      // Whoever ended it may not have meant this file: the second time counts.
      if (tries < TRIES_MAX) continue
      throw new Problem(answer === 'killed' ? 'FILE_NEEDS_MEMORY' : 'FILE_DAMAGED')
    }
    if ('problem' in answer) throw Problem.from(answer.problem)
    if ('passing' in answer) throw new Error(`decoding failed for now: ${answer.passing}`)
    return answer.result
  }
}

interface Pool {
  /** Rather one that has the file open. */
  take(path: string): Promise<Decoder>
  giveBack(decoder: Decoder, answer: Answer | End): void
  close(): void
}

function openPool(start: () => Promise<Decoder>, limits: DecodingLimits): Pool {
  const all = new Set<Decoder>()
  const idle = new Set<Decoder>()
  let closed = false
  let restless: NodeJS.Timeout | undefined
  const end = (decoder: Decoder) => {
    idle.delete(decoder)
    all.delete(decoder)
    decoder.end()
  }
  return {
    async take(path) {
      if (closed) throw new Error('the decoders are closed')
      clearTimeout(restless)
      for (const decoder of idle) if (!decoder.alive) end(decoder)
      const waiting = [...idle]
      const decoder = waiting.find((one) => one.path === path) ?? waiting[0] ?? (await start())
      idle.delete(decoder)
      all.add(decoder)
      return decoder
    },
    giveBack(decoder, answer) {
      const isFit =
        typeof answer === 'object' &&
        answer.memoryBytes <= limits.memoryBytesKept &&
        decoder.jobs < limits.jobsMax
      if (closed || !isFit) return end(decoder)
      idle.add(decoder)
      restless = setTimeout(() => idle.forEach(end), IDLE_MS).unref()
    },
    close() {
      closed = true
      clearTimeout(restless)
      for (const decoder of all) end(decoder)
    },
  }
}
