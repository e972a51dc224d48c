import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { NewAccount, Role } from '@songnhap/contracts'

const PASSWORD_BYTES = 9

const PEOPLE: readonly Omit<NewAccount, 'password'>[] = [
  { login: 'nhap1', name: 'Lò Thị Hạnh', roles: ['typist'] },
  { login: 'nhap2', name: 'Vàng A Páo', roles: ['typist'] },
  { login: 'nhap3', name: 'Nguyễn Văn Thắng', roles: ['typist'] },
  { login: 'trongtai', name: 'Lương Minh Đức', roles: ['arbiter'] },
  { login: 'giamsat', name: 'Nguyễn Thị Sâm', roles: ['supervisor'] },
]

const WORK_OF: Readonly<Record<Role, string>> = {
  typist: 'nhập',
  arbiter: 'trọng tài',
  supervisor: 'giám sát',
  administrator: 'quản trị',
}

const HEADING = `Tài khoản mẫu. Đổi hoặc xóa trước khi dùng thật.
Sample accounts. Change or remove them before real use.
`

/**
 * The people of the sample campaign with their passwords, drawn once: the file is written before the
 * accounts are made, so an interrupted start leaves no account whose password nobody knows.
 */
export function sampleAccounts(
  file: string,
  administrator: { login: string; password: string },
): { accounts: NewAccount[]; text: string } {
  const known = existsSync(file) ? passwordsIn(readFileSync(file, 'utf8')) : new Map()
  const accounts = PEOPLE.map((person) => ({
    ...person,
    password: known.get(person.login) ?? randomBytes(PASSWORD_BYTES).toString('base64url'),
  }))
  const lines = [
    ...accounts.map(({ login, password, name, roles }) =>
      lineOf(login, password, `${name}, ${roles.map((role) => WORK_OF[role]).join(', ')}`),
    ),
    lineOf(administrator.login, administrator.password, WORK_OF.administrator),
  ]
  const text = `${HEADING}\n${lines.join('\n')}\n`
  writeFileSync(`${file}.next`, text, { mode: 0o600 })
  renameSync(`${file}.next`, file)
  return { accounts, text }
}

function lineOf(login: string, password: string, name: string): string {
  return `${login.padEnd(10)}${password.padEnd(34)}${name}`
}

function passwordsIn(text: string): Map<string, string> {
  const lines = text.matchAll(/^([a-z0-9]+) +(\S{10,})/gm)
  return new Map([...lines].map(([, login = '', password = '']) => [login, password]))
}
