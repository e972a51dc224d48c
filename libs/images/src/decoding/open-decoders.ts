import { resolve } from 'node:path'
import { Problem } from '@songnhap/contracts'
import pLimit from 'p-limit'
import type { Answer, End, Examined, Job, MadePage, Results, Unpacked } from './job.ts'
import { DECODING_LIMITS, type DecodingLimits } from './limits.ts'
import { type Decoder, startDecoder } from './start-decoder.ts'

/** Then they give their memory back. */
const IDLE_MS = 10_000

/**
 * Decodes strangers' files in processes of their own, so many at a time; others wait in order. What
 * is wrong with a file is thrown as its Problem; any other error says nothing against the file. The
 * Problem FILE_UNREADABLE is the disk's, and may pass.
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
  const pool = openPool(limits)
  const { beside, alone } = openTurns(limits.processesMax)
  const run = async <W extends Job['what']>(what: W, path: string, page = 1) => {
    const { pagesMax, entriesMax } = limits
    const job: Job = { what, path: resolve(path), page, folder: into, pagesMax, entriesMax }
    const secondsMax = what === 'unpack' ? limits.unpackSecondsMax : limits.pageSecondsMax
    let answer = await beside(() => pool.carryOut(job, secondsMax))
    // Its share of memory or time may have been too small, or whoever ended it did not mean this file.
    if (isEnd(answer)) answer = await alone(() => pool.carryOutWithAll(job, secondsMax))
    return resultOf(answer) as Results[W]
  }
  return {
    examine: (path) => run('examine', path),
    readPage: (path, page) => run('page', path, page),
    unpack: (path) => run('unpack', path),
    close: () => pool.close(),
  }
}

/** Many side by side, or one alone, in the order of asking. */
function openTurns(atOnceMax: number) {
  const beside = pLimit(atOnceMax)
  const oneByOne = pLimit(1)
  return {
    beside,
    alone: <T>(work: () => Promise<T>): Promise<T> =>
      oneByOne(async () => {
        const done = Promise.withResolvers<void>()
        const places = Array.from({ length: atOnceMax }, () => {
          const free = Promise.withResolvers<void>()
          void beside(() => {
            free.resolve()
            return done.promise
          })
          return free.promise
        })
        await Promise.all(places)
        return await work().finally(done.resolve)
      }),
  }
}

function isEnd(answer: Answer | End): answer is End {
  return typeof answer === 'string'
}

function resultOf(answer: Answer | End): unknown {
  if (answer === 'too slow') throw new Problem('FILE_TOO_SLOW')
  if (answer === 'killed') throw new Problem('FILE_NEEDS_MEMORY')
  if (answer === 'crashed') throw new Problem('FILE_DAMAGED')
  if ('problem' in answer) throw Problem.from(answer.problem)
  if ('passing' in answer) {
    const cause = new Error(`decoding failed for now: ${answer.passing}`)
    throw answer.isOfFile ? new Problem('FILE_UNREADABLE', [], { cause }) : cause
  }
  return answer.result
}

interface Pool {
  /** Rather by a decoder that has the file open. */
  carryOut(job: Job, secondsMax: number): Promise<Answer | End>
  /** By a decoder that has the memory of all; while it works, there must be no other job. */
  carryOutWithAll(job: Job, secondsMax: number): Promise<Answer | End>
  close(): void
}

function openPool({
  processesMax,
  memoryBytesMax,
  memoryBytesKept,
  jobsMax,
}: DecodingLimits): Pool {
  const all = new Set<Decoder>()
  const idle = new Set<Decoder>()
  let closed = false
  let restless: NodeJS.Timeout | undefined
  const start = async (bytesMax: number) => {
    const decoder = await startDecoder(bytesMax)
    if (closed) decoder.end()
    all.add(decoder)
    return decoder
  }
  const end = (decoder: Decoder) => {
    idle.delete(decoder)
    all.delete(decoder)
    decoder.end()
  }
  const take = async (path: string) => {
    for (const decoder of idle) if (!decoder.alive) end(decoder)
    const waiting = [...idle]
    const known = waiting.find((one) => one.path === path) ?? waiting[0]
    if (known !== undefined) idle.delete(known)
    return known ?? (await start(memoryBytesMax))
  }
  const giveBack = (decoder: Decoder, answer: Answer | End) => {
    const isFit =
      typeof answer === 'object' && answer.memoryBytes <= memoryBytesKept && decoder.jobs < jobsMax
    if (!isFit) return end(decoder)
    idle.add(decoder)
    clearTimeout(restless)
    restless = setTimeout(() => idle.forEach(end), IDLE_MS).unref()
  }
  const refuseClosed = () => {
    if (closed) throw new Error('the decoders are closed')
  }
  /** Who was ended because all are closed says nothing against its file. */
  const work = async (decoder: Decoder, job: Job, secondsMax: number) => {
    const answer = await decoder.do(job, secondsMax)
    refuseClosed()
    return answer
  }
  return {
    async carryOut(job, secondsMax) {
      refuseClosed()
      clearTimeout(restless)
      const decoder = await take(job.path)
      const answer = await work(decoder, job, secondsMax)
      giveBack(decoder, answer)
      return answer
    },
    async carryOutWithAll(job, secondsMax) {
      refuseClosed()
      idle.forEach(end)
      const decoder = await start(processesMax * memoryBytesMax)
      const answer = await work(decoder, job, secondsMax)
      end(decoder)
      return answer
    },
    close() {
      closed = true
      clearTimeout(restless)
      for (const decoder of all) end(decoder)
    },
  }
}
