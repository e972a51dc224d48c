import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, End, Job } from './job.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
/** A decoder's own fault, where anything else that ends it is for want of memory. */
const CRASHES = new Set<NodeJS.Signals>(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'])

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
  await untilReady(child)
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

/** One that cannot even start says nothing against any file. */
function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('a decoder process ended while it started'))
    child.once('exit', fail)
    child.once('message', () => {
      child.off('exit', fail)
      resolve()
    })
  })
}

function answerOf(child: ChildProcess, job: Job, secondsMax: number): Promise<Answer | End> {
  return new Promise((resolve) => {
    const settle = (answer: Answer | End) => {
      clearTimeout(enough)
      child.off('message', settle)
      child.off('exit', ended)
      resolve(answer)
    }
    const ended = (_code: number | null, signal: NodeJS.Signals | null) =>
      settle(signal !== null && CRASHES.has(signal) ? 'crashed' : 'killed')
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
