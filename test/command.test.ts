/**
 * Goal: accounts are made, settled records fetched, and a campaign's form is changed (R25, R26) from a shell.
 * Method: a whole installation with generated pages, the real command as a child process.
 */
import { execFile } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Api, openGateways, sendFile, signIn } from '@songnhap/client'
import type { SettlingProgress, TypedRecords, TypingAssignment } from '@songnhap/contracts'
import type { Installation } from '@songnhap/local'
import { eventually, testInstallation } from '@songnhap/testkit'
import { t } from 'tap'
import { blankPages } from './blank-pages.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

const COMMAND = join(import.meta.dirname, '../cli/src/main.ts')
const NOBODY = '00000000-0000-4000-8000-000000000000'

t.test('the command', async (t) => {
  const report = (line: string) => t.comment(line)
  const installation = await testInstallation(t, { report })
  const { gatewayUrls, administrator, folder } = installation
  const enter = (login: string, password: string) =>
    signIn(openGateways(gatewayUrls), login, password)
  const run = commandOf(installation)

  const passwords = new Map<string, string>()
  await t.test('makes accounts, and bars and readmits people', async (t) => {
    for (const login of ['an', 'binh']) {
      const words = ['add', login, '--name', 'Vi Thị Hai', '--roles', 'typist', '--lasting']
      const printed = await run('accounts', ...words)
      passwords.set(login, printed.split(/\s+/)[1] ?? '')
    }
    t.match(await run('accounts'), /an {2}Vi Thị Hai {2}\(typist\)\nbinh/)
    await run('accounts', 'bar', 'an')
    await t.rejects(enter('an', passwords.get('an') ?? ''), { code: 'SIGN_IN_FAILED' })
    await run('accounts', 'readmit', 'an')
    const old = passwords.get('an') ?? ''
    passwords.set('an', (await run('accounts', 'reset', 'an', '--lasting')).split(/\s+/)[1] ?? '')
    await t.rejects(enter('an', old), { code: 'SIGN_IN_FAILED' })
    await t.rejects(run('accounts', 'bar', 'cuc'), { code: 2, stderr: /nobody signs in as cuc/ })
    const unknown = run('accounts', 'add', 'cuc', '--name', 'Cúc', '--roles', 'typist,king')
    await t.rejects(unknown, { code: 2, stderr: /--roles takes some of typist,arbiter/ })
  })

  await t.test('writes settled records as a table, whole or not at all', async (t) => {
    const supervisor = await enter(administrator.login, administrator.password)
    const source = await blankPages(1, 5)
    const { image, truth } = await source.page(0)
    const campaignId = await openCampaign(supervisor, source.form, image)
    for (const login of ['an', 'binh']) {
      await keyOnePage(await enter(login, passwords.get(login) ?? ''), truth)
    }
    await eventually(
      () => supervisor.get<{ settling: SettlingProgress }>(`/api/campaigns/${campaignId}/progress`),
      ({ settling }) => settling.pagesSettled === 1,
    )
    const file = join(folder, 'records.csv')
    const printed = await run('export', '--campaign', campaignId, '--out', file)
    t.match(printed, `${truth.length} bản ghi / records`)
    t.equal((await stat(file)).mode & 0o077, 0, 'for its owner only')
    const [heading = '', ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\r\n')
    t.match(heading, /book,page,record,.*childName,childName\.mark/)
    t.equal(lines.length, truth.length)
    t.ok(lines.every((line) => line.includes(',Quyển 01,1,')))

    const figures = await run('operators', campaignId)
    t.match(figures, /Vi Thị Hai: \d+, chưa đủ dữ liệu \/ not enough data/)
    t.match(JSON.parse(await run('operators', campaignId, '--json')), {
      typists: [{ enough: false, rate: null }, { enough: false }],
      prior: { source: 'start' },
    })
    t.match(
      await run('operators', campaignId, '--csv'),
      /^\ufeffoperator_id,name,rank,.*rate_value/,
    )

    const nothing = run('export', '--campaign', NOBODY, '--out', join(folder, 'none.csv'))
    await t.rejects(nothing, { code: 2, stderr: /there is no campaign/ })
    const nowhere = run('export', '--campaign', campaignId, '--out', join(folder, 'no/where.csv'))
    await t.rejects(nowhere, { code: 1 })
    const left = await readdir(folder)
    t.notOk(left.some((name) => name.startsWith('none') || name.endsWith('.part')))
  })

  await t.test('lets a campaign go on with another version of its form, as listed', async (t) => {
    const supervisor = await enter(administrator.login, administrator.password)
    const source = await blankPages(1, 6)
    const { image, truth } = await source.page(0)
    const campaignId = await openCampaign(supervisor, source.form, image)
    for (const [login, value] of [
      ['an', 'Lý Văn An'],
      ['binh', 'Lí Văn An'],
    ] as const) {
      const records = truth.with(0, { ...truth[0], childName: { value, origin: 'typed' } })
      await keyOnePage(await enter(login, passwords.get(login) ?? ''), records)
    }
    const settling = async () => {
      const path = `/api/campaigns/${campaignId}/progress`
      return (await supervisor.get<{ settling: SettlingProgress }>(path)).settling
    }
    await eventually(settling, ({ openArbitrations }) => openArbitrations === 1)

    const second = {
      ...source.form,
      version: 2,
      fields: source.form.fields.map((field) =>
        field.name === 'childName' ? { ...field, comparison: { accept: ['variant'] } } : field,
      ),
    }
    const form = join(folder, 'second.json')
    await writeFile(form, JSON.stringify({ ...second, recordsMax: 1 }))
    const words = ['recompare', '--campaign', campaignId, '--form', form]
    await t.rejects(run(...words), { code: 1, stderr: /cannot go on[\s\S]*\/recordsMax must stay/ })
    await writeFile(form, JSON.stringify(second))
    const listed = await run(...words)
    t.match(listed, /childName {2}variant\/i-for-y -> .* asked no more/)
    const [, fingerprint = ''] = /--apply (\S+)/.exec(listed) ?? []
    await t.rejects(run(...words, '--apply', 'other'), { code: 1, stderr: /List again/ })
    t.match(await run('campaigns'), `${campaignId}  Khai sinh  (${source.form.name} v1`)
    const applied = await run(...words, '--apply', fingerprint)
    t.match(applied, `goes on with ${source.form.name}@2`)
    t.match(applied, '1 trang đã so sánh lại')
    t.match(await settling(), { openArbitrations: 0, pagesSettled: 1 })
    t.match(await run('campaigns'), `${campaignId}  Khai sinh  (${source.form.name} v2`)
    t.match(await run('recompare', '--campaign', campaignId), /^0 trang/)
  })
})

type Run = (...words: string[]) => Promise<string>

/** The real command, as the administrator. */
function commandOf({ gatewayUrl, administrator }: Installation): Run {
  const env = {
    ...process.env,
    SONGNHAP_URL: gatewayUrl,
    SONGNHAP_LOGIN: administrator.login,
    SONGNHAP_PASSWORD: administrator.password,
  }
  return async (...words) =>
    (await promisify(execFile)(process.execPath, [COMMAND, ...words], { env })).stdout
}

async function openCampaign(api: Api, form: unknown, image: Uint8Array): Promise<string> {
  const [campaignId, bookId] = [crypto.randomUUID(), crypto.randomUUID()]
  await api.post('/api/campaigns', { campaignId, name: 'Khai sinh', form, pairs: [] })
  await api.post(`/api/campaigns/${campaignId}/books`, { bookId, title: 'Quyển 01' })
  const open = async () => new Blob([new Uint8Array(image)])
  await sendFile(api, bookId, { name: '001.jpg', open })
  return campaignId
}

async function keyOnePage(api: Api, records: TypedRecords): Promise<void> {
  const taken = await eventually(
    () =>
      api.post<{ assignments: TypingAssignment[] }>('/api/assignments/take', {
        work: 'typing',
        capacity: 1,
      }),
    ({ assignments }) => assignments.length === 1,
  )
  for (const { pageId, leaseToken } of taken.assignments) {
    await api.post('/api/entries', { entryId: crypto.randomUUID(), pageId, leaseToken, records })
  }
}
