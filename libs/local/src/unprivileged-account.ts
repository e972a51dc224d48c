import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { promisify } from 'node:util'

const TRY_TIMEOUT_MS = 10_000
const ACCOUNTS = ['postgres', 'nobody'] as const

/** Whom a child process runs as. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root, so root lends it an account that is there already. Undefined
 * for everybody else, who runs it as oneself. Data that exists belongs to whom it belongs.
 */
export async function unprivilegedAccount(data?: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = data === undefined ? undefined : statSync(data, { throwIfNoEntry: false })
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of ACCOUNTS) {
    const uid = await numberOf('-u', name)
    const gid = await numberOf('-g', name)
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error(
    'PostgreSQL does not run as root and there is no account "postgres" or "nobody": start this as an ordinary user',
  )
}

/** Whether the account can run the command: rights along a whole path are easier tried than read. */
export async function canRun(
  account: Account,
  command: string,
  args: readonly string[],
): Promise<boolean> {
  return await promisify(execFile)(command, args, {
    ...account,
    cwd: '/',
    timeout: TRY_TIMEOUT_MS,
  }).then(
    () => true,
    () => false,
  )
}

async function numberOf(flag: string, name: string): Promise<number | undefined> {
  return await promisify(execFile)('id', [flag, name]).then(
    ({ stdout }) => Number(stdout),
    () => undefined,
  )
}
