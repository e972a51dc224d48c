import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, End, Job } from './job.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
/** A decoder's own fault, where anything else that ends it is for want of memory. */
const CRASHES = new Set<NodeJS.Signals>(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'])

/** Node and the decoders load in half a second; on a machine that is busy it takes many times that. */
const START_MAX_MS = 60_000
const ENDS = ['error', 'exit', 'close'] as const

/** One decoder process, which does one job at a time. */
export interface Decoder {
  do(job: Job, secondsMax: number): Promise<Answer | End>
  readonly jobs: number
  /** The file of its last job. */
  readonly path: string
  readonly alive: boolean
  end(): void
}

export async function startDecoder(memoryBytesMax: number): Promise<Decoder> {
  const child = spawn(memoryBytesMax)
  let jobs = 0
  let path = ''
  let alive = true
  child.once('exit', () => {
    alive = false
  })
  child.on('error', () => child.kill('SIGKILL'))
  try {
    await untilReady(child)
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  return {
    async do(job, secondsMax) {
      jobs += 1
      path = job.path
      return await answerOf(child, job, secondsMax)
    },
    get jobs() {
      return jobs
    },
    get path() {
      return path
    },
    get alive() {
      return alive
    },
    end: () => void child.kill('SIGKILL'),
  }
}

/** glibc keeps freed memory in every arena, and takes eight of them a core. */
const ENVIRONMENT = { MALLOC_ARENA_MAX: '2' }

/**
 * Without our environment, which holds passwords; what it prints, nobody reads. Node's own permission
 * model would add nothing: it stops no native decoder, and WebAssembly reaches nothing anyway.
 */
function spawn(memoryBytesMax: number): ChildProcess {
  return fork(MAIN, [String(memoryBytesMax)], {
    env: ENVIRONMENT,
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}

/**
 * One that cannot even start says nothing against any file. Where the system has no process or file
 * handle left to give, there is an error and never an exit.
 */
function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      clearTimeout(enough)
      for (const event of ENDS) child.off(event, fail)
      child.off('message', ready)
      if (error === undefined) resolve()
      else reject(error)
    }
    const ready = () => settle()
    const fail = (cause: unknown) =>
      settle(new Error('a decoder process ended while it started', { cause }))
    const enough = setTimeout(
      () => settle(new Error('a decoder process did not start in time')),
      START_MAX_MS,
    )
    for (const event of ENDS) child.once(event, fail)
    child.once('message', ready)
  })
}

/** An exit code of its own choice is a decoder's own fault too: want of memory ends it by a signal. */
export function endOf(signal: NodeJS.Signals | null): End {
  return signal === null || CRASHES.has(signal) ? 'crashed' : 'killed'
}

function answerOf(child: ChildProcess, job: Job, secondsMax: number): Promise<Answer | End> {
  return new Promise((resolve) => {
    const settle = (answer: Answer | End) => {
      clearTimeout(enough)
      child.off('message', settle)
      child.off('exit', ended)
      resolve(answer)
    }
    const ended = (_code: number | null, signal: NodeJS.Signals | null) => settle(endOf(signal))
    const enough = setTimeout(() => {
      settle('too slow')
      child.kill('SIGKILL')
    }, secondsMax * 1_000)
    child.once('message', settle)
    child.once('exit', ended)
    // One that has ended already says so here, and to nobody else any more.
    child.send(job, (error) => error !== null && settle('killed'))
  })
}
