/** Goal: nobody is given a password that is not theirs, and none is drawn twice. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SERVICES } from '@songnhap/contracts'
import { readSecrets, writeSecrets } from '@songnhap/setup'
import { type Test, t } from 'tap'

const PLACES = { postgres: 'postgres:5432', nats: 'nats:4222', natsStore: '/data/nats' }

t.test('S21: passwords are drawn once, and written again as they were', async (t) => {
  const folder = emptyFolder(t)
  t.throws(() => readSecrets(folder), { message: /has not been prepared/ })
  writeSecrets(folder, PLACES)
  const first = contentsOf(folder)
  writeSecrets(folder, PLACES)
  t.same(contentsOf(folder), first)

  const other = emptyFolder(t)
  writeSecrets(other, PLACES)
  const passwords = [folder, other].map((each) => readSecrets(each).administrator.password)
  t.not(passwords[0], passwords[1], 'another installation has others')
})

t.test('S21: each room holds what its owner needs, and no password of another', async (t) => {
  const folder = emptyFolder(t)
  writeSecrets(folder, PLACES)
  const files = contentsOf(folder)
  const all: Record<string, string> = JSON.parse(files['passwords/passwords.json'] ?? '{}')
  t.equal(new Set(Object.values(all)).size, 3 + 2 * SERVICES.length)
  for (const service of SERVICES) {
    const settings = files[`${service}/settings.env`] ?? ''
    const own = [`secret role ${service}`, `secret nats ${service}`]
    if (service === 'gateway') own.push('secret administrator')
    const held = Object.keys(all).filter((name) => settings.includes(all[name] ?? ''))
    t.same(held.sort(), own.sort(), service)
  }
  t.equal(files['postgres/password'], all['secret postgres'])
  t.equal(
    readSecrets(folder)
      .superuserUrl('db:1')
      .includes(all['secret postgres'] ?? '-'),
    true,
  )
})

t.test('S21: only the account that a room is for reads it', async (t) => {
  const folder = emptyFolder(t)
  writeSecrets(folder, PLACES)
  for (const name of Object.keys(contentsOf(folder))) {
    const { mode } = statSync(join(folder, name))
    // The image of PostgreSQL reads its password as an account whose number we do not know.
    t.equal(mode & 0o077, name === 'postgres/password' ? 0o044 : 0, name)
  }
})

function emptyFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'songnhap-secrets-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  return folder
}

function contentsOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}
