import { randomBytes } from 'node:crypto'
import type { Api } from '@songnhap/client'
import { type Person, ROLES, type Role } from '@songnhap/contracts'
import { UsageError } from './usage-error.ts'

export const ACCOUNTS_USAGE = `  accounts                                    who has an account, and the roles
  accounts add LOGIN --name NAME --roles typist,arbiter   prints a password drawn at random, once
  accounts reset LOGIN                        a new password, printed once; ends the sessions
      the person chooses another one at the first sign-in; --lasting: not so, for programs
  accounts bar|readmit LOGIN                  no longer let in; let in again`

const PASSWORD_BYTES = 12

export interface AccountOptions {
  readonly name?: string | undefined
  readonly roles?: string | undefined
  readonly lasting?: boolean | undefined
}

/** Arguments are looked at before anybody is asked for a password. */
export function accountsCommand(
  [verb, login]: readonly string[],
  { name, roles, lasting = false }: AccountOptions,
): (signIn: () => Promise<Api>) => Promise<number> {
  if (verb === undefined) return async (signIn) => showAccounts(await signIn())
  if (login === undefined) throw new UsageError('LOGIN is missing')
  switch (verb) {
    case 'add': {
      if (name === undefined) throw new UsageError('--name is missing: what the person is called')
      const account = { login, name, roles: rolesOf(roles) }
      return async (signIn) => addAccount(await signIn(), account, !lasting)
    }
    case 'reset':
      return async (signIn) => resetPassword(await signIn(), login, !lasting)
    case 'bar':
    case 'readmit':
      return async (signIn) => barAccount(await signIn(), login, verb === 'bar')
    default:
      throw new UsageError(`unknown command accounts ${verb}\n\n${ACCOUNTS_USAGE}`)
  }
}

function rolesOf(text: string | undefined): Role[] {
  const words = (text ?? '').split(',').map((word) => word.trim())
  const roles = ROLES.filter((role) => words.includes(role))
  if (roles.length === 0 || words.some((word) => !roles.some((role) => role === word))) {
    throw new UsageError(`--roles takes some of ${ROLES.join(',')}, with commas between`)
  }
  return roles
}

async function showAccounts(api: Api): Promise<number> {
  for (const { login, name, roles } of await listAccounts(api)) {
    print(`${login}  ${name}  (${roles.join(', ')})`)
  }
  return 0
}

async function addAccount(
  api: Api,
  account: Omit<Person, 'personId'>,
  mustChange: boolean,
): Promise<number> {
  const password = drawPassword()
  await api.post('/api/accounts', { ...account, password, mustChange })
  printPassword(account.login, password)
  return 0
}

async function resetPassword(api: Api, login: string, mustChange: boolean): Promise<number> {
  const password = drawPassword()
  const body = { password, mustChange }
  await api.put(`/api/accounts/${await findPerson(api, login)}/password`, body)
  printPassword(login, password)
  return 0
}

async function barAccount(api: Api, login: string, barred: boolean): Promise<number> {
  await api.put(`/api/accounts/${await findPerson(api, login)}/barred`, { barred })
  print(barred ? 'Đã khóa. / Barred.' : 'Đã mở lại. / Let in again.')
  return 0
}

async function findPerson(api: Api, login: string): Promise<string> {
  const person = (await listAccounts(api)).find((account) => account.login === login)
  if (person === undefined) throw new UsageError(`nobody signs in as ${login}`)
  return person.personId
}

async function listAccounts(api: Api): Promise<Person[]> {
  return (await api.get<{ accounts: Person[] }>('/api/accounts')).accounts
}

function drawPassword(): string {
  return randomBytes(PASSWORD_BYTES).toString('base64url')
}

function printPassword(login: string, password: string): void {
  print(`${login}  ${password}`)
  print('Mật khẩu chỉ hiện lần này. / The password is not shown again.')
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
