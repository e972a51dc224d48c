/**
 * Goal: `npm start` is all that a newcomer needs, and neither Ctrl-C nor a crash costs anything.
 * Method: the real script on an empty state folder; a person keys a page; stop, start, crash, start.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Api, signIn } from '@songnhap/client'
import type {
  Campaign,
  FormDefinition,
  KeyingProgress,
  TypingAssignment,
} from '@songnhap/contracts'
import { type Test, t } from 'tap'

const START = join(import.meta.dirname, '../scripts/start.ts')
const ADDRESS = /Song Nhập: (http:\/\/\S+)/

t.test('S3: a start seeds, a stop keeps, a crash blocks nothing', async (t) => {
  const state = await mkdtemp(join(tmpdir(), 'songnhap-start-'))
  t.teardown(() => rm(state, { recursive: true, force: true }))

  const first = await start(t, state)
  const page = await fetch(first.url)
  t.equal(page.status, 200, 'the address that is printed answers')
  t.match(first.output(), /nhap1 +\S+/, 'it says who to log in as')
  const typist = await signInAs(first.url, state, 'nhap1')
  await keyOnePage(typist)
  first.child.kill('SIGINT')
  t.same(await once(first.child, 'exit'), [0, null], 'Ctrl-C stops in order')

  const second = await start(t, state)
  t.match(await keyed(second.url, state), { pages: 12, entries: 1 }, 'the data are where they were')
  second.child.kill('SIGKILL')
  await once(second.child, 'exit')

  const third = await start(t, state)
  t.match(
    await keyed(third.url, state),
    { pages: 12, entries: 1 },
    'a crash leaves nothing in the way',
  )
  third.child.kill('SIGTERM')
  t.same(await once(third.child, 'exit'), [0, null])
})

async function start(t: Test, state: string) {
  const child: ChildProcess = spawn(process.execPath, [START], {
    env: { ...process.env, SONGNHAP_STATE: state },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.teardown(() => child.kill('SIGTERM'))
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += String(chunk)
      const address = ADDRESS.exec(output)?.[1]
      if (address !== undefined && output.includes('Ctrl-C')) resolve(address)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => reject(new Error(`the start ended:\n${output}`)))
  })
  return { child, url, output: () => output }
}

async function signInAs(url: string, state: string, login: string): Promise<Api> {
  const accounts = await readFile(join(state, 'accounts.txt'), 'utf8')
  const password = new RegExp(`^${login} +(\\S+)`, 'm').exec(accounts)?.[1]
  if (password === undefined) throw new Error(`accounts.txt has no ${login}`)
  return await signIn(url, login, password)
}

async function keyOnePage(api: Api): Promise<void> {
  const { assignments } = await api.post<{ assignments: TypingAssignment[] }>(
    '/api/assignments/take',
    { work: 'typing', capacity: 1 },
  )
  const [assignment] = assignments
  if (assignment === undefined) throw new Error('no page to key')
  const { pageId, leaseToken, form } = assignment
  const definition = await api.get<FormDefinition>(`/api/forms/${form.name}/${form.version}`)
  const record = Object.fromEntries(
    definition.fields.map(({ name }) => [name, { value: '', mark: 'blank', origin: 'picked' }]),
  )
  const entryId = crypto.randomUUID()
  await api.post('/api/entries', { entryId, pageId, leaseToken, records: [record] })
}

async function keyed(url: string, state: string): Promise<KeyingProgress> {
  const api = await signInAs(url, state, 'giamsat')
  const { campaigns } = await api.get<{ campaigns: Campaign[] }>('/api/campaigns')
  const path = `/api/campaigns/${campaigns[0]?.campaignId}/progress`
  return (await api.get<{ keying: KeyingProgress }>(path)).keying
}
