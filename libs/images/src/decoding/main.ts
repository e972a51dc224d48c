/**
 * A decoder process. Strangers' files are decoded here and nowhere else: it has no secret in its
 * environment, and is ended when it takes too long or too much.
 */
import { Worker } from 'node:worker_threads'
import { carryOut } from './carry-out.ts'
import { isOfFile } from './is-of-file.ts'
import type { Answer, Job } from './job.ts'
import { problemOf } from './problem-of.ts'

const MEMORY_BYTES_MAX = Number(process.argv[2])
/**
 * What is held outside the heap, as all pixels are, does not by itself make Node collect it. To collect takes longer
 * than a small picture: it is done once so much has come together.
 */
const GROWTH_BYTES_MAX = 16 * 1024 * 1024
/** What was left at the last time. */
let kept = 0

// A thread of its own: the decoders keep this one busy for seconds without a pause.
new Worker(new URL('./watch-process.ts', import.meta.url), { workerData: MEMORY_BYTES_MAX })

process.on('message', (job: Job) => void answer(job))
process.once('disconnect', () => process.exit())
process.send?.('ready')

async function answer(job: Job): Promise<void> {
  const said = await outcomeOf(job)
  if (process.memoryUsage.rss() > kept + GROWTH_BYTES_MAX) {
    globalThis.gc?.()
    kept = process.memoryUsage.rss()
  }
  process.send?.({ ...said, memoryBytes: process.memoryUsage.rss() } satisfies Answer)
}

async function outcomeOf(job: Job) {
  try {
    return { result: await carryOut(job) }
  } catch (error) {
    try {
      return { problem: problemOf(error).toBody() }
    } catch (passing) {
      const cause = passing instanceof Error ? passing : new Error(String(passing))
      return { passing: cause.message, isOfFile: isOfFile(cause, job.path) }
    }
  }
}
