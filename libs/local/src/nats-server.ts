import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { ServiceName } from '@songnhap/contracts'
import { NATS_OPERATOR, type NatsUser, natsConfiguration, natsPasswords } from '@songnhap/setup'
import { findNatsServer, isOlder } from './find-nats-server.ts'
import { hasExited, ManagedProcess, type ManagedServer } from './managed-process.ts'
import type { StateFolder } from './state-folder.ts'

const READY_WAIT_MS = 60_000
const LOOK_AGAIN_MS = 15
const GREETING_WAIT_MS = 1_000
const STOP_WAIT_MS = 10_000
const SYNC_ALWAYS_SINCE = [2, 10, 0] as const

export interface NatsServer {
  readonly server: ManagedServer & {
    /** Deletes the whole JetStream store. Only while stopped. */
    wipe(): Promise<void>
  }
  /** With user and password, as the operator. */
  readonly url: string
  /** As a service, with its subjects only. */
  urlOf(service: ServiceName): string
}

/** nats-server on a free port of the loopback, with its JetStream store in the state folder. */
export async function openNatsServer(
  state: StateFolder,
  durable: boolean,
  report: (line: string) => void,
): Promise<NatsServer> {
  const binary = await findNatsServer(state.path, report)
  const port = await state.port('nats')
  const passwordOf = natsPasswords(state)
  const home = join(state.path, 'nats')
  const store = join(home, 'store')
  const config = join(home, 'nats-server.conf')
  const name = `songnhap-${state.secret('nats name')}`
  const syncAlways = durable && !isOlder(binary.version, SYNC_ALWAYS_SINCE)
  const listen = `127.0.0.1:${port}`
  writeFileSync(config, natsConfiguration({ name, listen, store, syncAlways, passwordOf }), {
    mode: 0o600,
  })

  const server = new ManagedProcess({
    name: 'nats-server',
    pidFile: state.pidFile('nats-server'),
    stopSignal: 'SIGTERM',
    stopWaitMs: STOP_WAIT_MS,
    logTail: () => state.logTail('nats-server'),
    report,
    async launch(born) {
      const child = spawnServer(state, binary.file, config)
      born(child)
      await untilReady(child, port, name)
    },
  })
  const urlAs = (user: NatsUser) => `nats://${user}:${passwordOf(user)}@127.0.0.1:${port}`
  const wipe = async () => {
    if (server.pid !== undefined) throw new Error('nats-server still runs over its store')
    rmSync(store, { recursive: true, force: true })
  }
  return {
    server: Object.assign(server, { wipe }),
    url: urlAs(NATS_OPERATOR),
    urlOf: urlAs,
  }
}

/** Not in our process group: Ctrl-C at a terminal must not stop it before what stands on it. */
function spawnServer(state: StateFolder, file: string, config: string): ChildProcess {
  const log = state.openLog('nats-server')
  try {
    return spawn(file, ['-c', config], {
      cwd: state.path,
      env: { PATH: process.env['PATH'] ?? '' },
      detached: true,
      stdio: ['ignore', log, log],
    })
  } finally {
    closeSync(log)
  }
}

async function untilReady(child: ChildProcess, port: number, name: string): Promise<void> {
  const deadline = Date.now() + READY_WAIT_MS
  while (Date.now() < deadline) {
    if (await hasExited(child, LOOK_AGAIN_MS)) throw new Error('nats-server ended while it started')
    if ((await greeting(port)).includes(JSON.stringify(name))) return
  }
  throw new Error(`nats-server was not ready within ${READY_WAIT_MS} ms`)
}

/** A server introduces itself to whoever connects; nothing when none is there. */
function greeting(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: GREETING_WAIT_MS })
    const end = (text: string) => {
      socket.destroy()
      resolve(text)
    }
    socket.once('data', (data) => end(data.toString()))
    socket.once('error', () => end(''))
    socket.once('timeout', () => end(''))
    socket.once('close', () => end(''))
  })
}
