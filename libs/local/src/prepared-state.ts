import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { prepareDatabase, rolePasswords } from '@songnhap/setup'
import { startServersIn } from './servers.ts'
import { openStateFolder } from './state-folder.ts'

/** Of what is remembered, what no two installations may share. */
const OWN = /^(port |secret nats name$)/

/**
 * Makes a state folder with an empty database in it, up to date, for tests to begin with copies of it.
 * False when it cannot be copied: where PostgreSQL, as root lends an account, keeps its data elsewhere; on Windows.
 */
export async function prepareStateFolder(
  folder: string,
  report: (line: string) => void,
): Promise<boolean> {
  const state = await openStateFolder(folder)
  try {
    const servers = await startServersIn(state, { report, durable: false })
    try {
      await prepareDatabase(servers.postgresUrl, rolePasswords(state), () => {})
    } finally {
      await servers.stop()
    }
  } finally {
    state.release()
  }
  const memory = join(state.path, 'memory.json')
  const known = Object.entries(JSON.parse(readFileSync(memory, 'utf8')))
  writeFileSync(memory, JSON.stringify(Object.fromEntries(known.filter(([key]) => !OWN.test(key)))))
  return process.platform !== 'win32' && existsSync(join(state.path, 'postgres', 'data'))
}

/** Into an empty folder. With owners and rights, which PostgreSQL looks at. */
export async function copyStateFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', `${from}/.`, to])
}
