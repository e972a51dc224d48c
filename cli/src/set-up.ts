import { chownSync } from 'node:fs'
import { prepareDatabase, readSecrets, writeSecrets } from '@songnhap/setup'
import { UsageError } from './usage-error.ts'

const POSTGRES = 'postgres:5432'
const NATS = 'nats:4222'
const NATS_STORE = '/data/nats'

interface Options {
  readonly postgres?: string
  readonly nats?: string
  readonly 'nats-store'?: string
  readonly owner?: string
  /** Folders that are to belong to the owner as well. */
  readonly own?: string[]
}

/** Before everything else, and again with every new version. */
export function prepare(folder: string, options: Options): number {
  const owner = accountOf(options.owner)
  writeSecrets(folder, {
    postgres: options.postgres ?? POSTGRES,
    nats: options.nats ?? NATS,
    natsStore: options['nats-store'] ?? NATS_STORE,
    owner,
  })
  for (const own of options.own ?? []) {
    if (owner === undefined) throw new UsageError('--own needs --owner')
    chownSync(own, owner, owner)
  }
  const { login } = readSecrets(folder).administrator
  print(
    `Đã chuẩn bị. Quản trị viên đầu tiên: ${login}; xem mật khẩu: songnhap administrator ${folder}`,
  )
  print(
    `Prepared. First administrator: ${login}; for the password: songnhap administrator ${folder}`,
  )
  return 0
}

/** With the servers up and the services not yet. */
export async function migrate(folder: string, options: Options): Promise<number> {
  const { superuserUrl, rolePassword } = readSecrets(folder)
  await prepareDatabase(superuserUrl(options.postgres ?? POSTGRES), rolePassword, print)
  print('Cơ sở dữ liệu đã sẵn sàng. / The database is up to date.')
  return 0
}

export function showAdministrator(folder: string): number {
  const { login, password } = readSecrets(folder).administrator
  print(`${login}  ${password}`)
  return 0
}

function accountOf(owner: string | undefined): number | undefined {
  if (owner === undefined) return undefined
  if (!/^\d{1,9}$/.test(owner)) throw new UsageError('--owner is the number of an account')
  return Number(owner)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
