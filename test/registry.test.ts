/**
 * Goal: a supervisor brings forms, code lists and units in through public doors, and a campaign uses them.
 * Method: a whole installation; the real command as a child process, and the API beside it.
 */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Api, openGateways, signIn } from '@songnhap/client'
import type { FormDefinition } from '@songnhap/contracts'
import { SMALL_FORM, testInstallation } from '@songnhap/testkit'
import { t } from 'tap'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

const COMMAND = join(import.meta.dirname, '../cli/src/main.ts')
const COMMAND_WITHIN_MS = 120_000
const UNITS = 12_000

const LISTED: FormDefinition = {
  ...SMALL_FORM,
  name: 'listed',
  layouts: [{ name: 'printed', label: { vi: 'In sẵn', en: 'Printed' } }],
  fields: [
    ...SMALL_FORM.fields,
    {
      name: 'danToc',
      kind: 'choice',
      label: { vi: 'Dân tộc <b>', en: 'Ethnic group' },
      lengthMax: 40,
      list: { name: 'ethnic-groups', date: '1979-03-02' },
    },
  ],
}

t.test('the registry', async (t) => {
  const installation = await testInstallation(t)
  const { gatewayUrl, administrator, folder } = installation
  const opener = await signIn(
    openGateways([gatewayUrl]),
    administrator.login,
    administrator.password,
  )
  const newPerson = async (role: string): Promise<Api> => {
    const account = { login: role, password: administrator.password, name: role, roles: [role] }
    await opener.post('/api/accounts', account)
    return await signIn(openGateways([gatewayUrl]), role, administrator.password)
  }
  const [api, typist] = [await newPerson('supervisor'), await newPerson('typist')]
  const environment = {
    ...process.env,
    SONGNHAP_URL: gatewayUrl,
    SONGNHAP_LOGIN: 'supervisor',
    SONGNHAP_PASSWORD: administrator.password,
  }
  const run = (...words: string[]) =>
    new Promise<{ code: number; output: string }>((resolve) => {
      const settings = { env: environment, timeout: COMMAND_WITHIN_MS }
      const child = execFile(process.execPath, [COMMAND, ...words], settings, (_error, out, err) =>
        resolve({ code: child.exitCode ?? -1, output: out + err }),
      )
      child.stdin?.end()
    })
  const write = async (name: string, text: string) => {
    const file = join(folder, name)
    await writeFile(file, text)
    return file
  }

  await t.test('U10, U12: a list comes in once, and its edition never changes', async (t) => {
    const list = await write('list.csv', 'code,name,other_names\n01,Kinh,Việt\n02,Tày,\n')
    const words = ['lists', 'import', list, '--name', 'ethnic-groups', '--date', '1979-03-02']
    const labels = ['--label-vi', 'Dân tộc', '--label-en', 'Ethnic groups']
    t.match(await run(...words, ...labels), { code: 0, output: /imported: ethnic-groups/ })
    t.match(await run(...words, ...labels), { code: 0, output: /unchanged/ })
    t.match(await run('lists'), { code: 0, output: /ethnic-groups {2}1979-03-02 {2}Dân tộc/ })
    await writeFile(list, 'name\nKinh\n')
    t.match(await run(...words, ...labels), { code: 1, output: /other content[\s\S]*--date/ })
    await writeFile(list, 'name,code\nKinh,Tày\nTày,2\n')
    t.match(await run(...words, ...labels), { code: 1, output: /list.csv, line 2, column code: / })
    t.match(await run(...words), { code: 2, output: /--label-vi is missing/ })
    await t.rejects(typist.get('/api/lists'), { code: 'NOT_ALLOWED' })
    const entry = { value: 'a', label: { vi: 'a', en: 'a' } }
    const body = { label: { vi: 'a', en: 'a' }, entries: [entry, entry] }
    await t.rejects(api.put('/api/lists/doubled/2000-01-01', body), { code: 'LIST_INVALID' })
    await t.rejects(api.put('/api/lists/doubled/2000-02-30', body), { code: 'MALFORMED' })
  })

  await t.test('U1, U2, U8: a form is checked, kept as a draft, shown, published', async (t) => {
    const file = await write('form.json', JSON.stringify(LISTED))
    const broken = { ...LISTED, recordsMax: 0, fields: [{ ...LISTED.fields[0], kind: 'tên' }] }
    const bad = await write('bad.json', JSON.stringify(broken))
    const { code, output } = await run('forms', 'check', bad)
    t.equal(code, 1)
    t.match(output, /error {2}\/recordsMax/)
    t.match(output, /error {2}\/fields\/0\/kind/, 'all at once')
    const deep: unknown = JSON.parse('['.repeat(100) + ']'.repeat(100))
    await t.rejects(api.post('/api/forms/check', deep), { code: 'MALFORMED' }, 'nested too deep')
    await t.rejects(api.put('/api/forms/listed/1', deep), { code: 'MALFORMED' })
    await t.rejects(api.put('/api/forms/listed/1', broken), {
      code: 'FORM_INVALID',
      details: [/^\/fields\/0\/kind/, /^\/recordsMax/],
    })
    const campaign = { campaignId: crypto.randomUUID(), name: 'Đợt', form: broken, pairs: [] }
    await t.rejects(api.post('/api/campaigns', campaign), {
      code: 'FORM_INVALID',
      details: [/^\/fields\/0\/kind/, /^\/recordsMax/],
    })
    t.match(await run('forms', 'upload', file), { code: 0, output: /draft: listed@1/ })
    t.same(await api.get('/api/forms/listed/1'), LISTED, 'it comes back as it went in')
    await t.rejects(typist.get('/api/forms/listed/1'), { code: 'NOT_FOUND' }, 'a draft')
    t.match(await run('forms'), { output: /listed@1.*draft, 0/ })
    t.match(await run('open-campaign', '--name', 'Đợt', '--form', 'listed@1'), { code: 1 })
    t.match(await run('forms', 'publish', 'listed@1'), { code: 0, output: /ethnic-groups/ })
    t.match(await typist.get('/api/forms/listed/1'), { lists: [{ name: 'ethnic-groups' }] })
    const opened = await run('open-campaign', '--name', 'Đợt', '--form', 'listed@1')
    t.match(opened, { code: 0 })
    const book = (layout: string) =>
      run('open-book', '--campaign', opened.output.trim(), '--title', 'Sổ', '--layout', layout)
    t.match(await book('printed,printed'), { code: 0 }, 'P17')
    t.match(await book('other'), { code: 1, output: /the form has: printed/ })
    t.match(await book('one,two,three'), { code: 2, output: /--layout: NAME, or ODD,EVEN/ })
    const again = await run('open-campaign', '--name', 'Đợt', '--form', 'listed@1')
    t.match(again, { code: 2, output: /a campaign of this name: .*; --yes opens another/ })
    t.match(await run('forms'), { output: /listed@1.*published, 1/ })
    t.match(await run('forms', 'delete', 'listed@1'), { code: 1, output: /never changed/ })
  })

  await t.test('U7: the preview is a page that no policy has to be loosened for', async (t) => {
    const path = new URL('/api/forms/listed/1/preview', gatewayUrl)
    const answer = await fetch(path, { headers: api.headersFor(gatewayUrl) })
    t.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8')
    t.match(answer.headers.get('content-security-policy'), /default-src 'none'/)
    t.match(answer.headers.get('content-security-policy'), /style-src 'self'(;|$)/)
    const page = await answer.text()
    t.match(page, 'Dân tộc &lt;b&gt;')
    for (const [, sheet = ''] of page.matchAll(/rel="stylesheet" href="([^"]+)"/g)) {
      t.equal((await fetch(new URL(sheet, gatewayUrl))).status, 200, sheet)
    }
    t.equal((await fetch(path, { headers: typist.headersFor(gatewayUrl) })).status, 403)
  })

  await t.test('U21, U23, U27: units come in by a plan that is shown first', async (t) => {
    const before = await write(
      'before.csv',
      'code,level,type,name,parent_code\n40,province,tinh,Tỉnh Nghệ An,\n424,district,huyen,Huyện Anh Sơn,40\n' +
        '17357,commune,xa,Xã Hoa Sơn,424\n17647,commune,xa,Xã Hòa Sơn,424\n',
    )
    const since = await write(
      'since.csv',
      'code,level,name,parent_code\n40,province,Tỉnh Nghệ An,\n17357,commune,Xã Vĩnh Tường,40\n',
    )
    const origins = await write('from.csv', 'code,made_from\n17357,"Xã Hoà Sơn, Xã Lạ"\n')
    const words = ['units', 'import', before, '--valid-from', '2020-01-01']
    t.match(await run(...words), { code: 1, output: /opened +4[\s\S]*--yes imports it/ })
    t.match(await run('units'), { output: /No units yet/ })
    t.match(await run(...words, '--yes'), { code: 0, output: /Imported/ })
    const missed = join(folder, 'missed.csv')
    const later = [
      'units',
      'import',
      since,
      '--valid-from',
      '2025-07-01',
      '--predecessors',
      origins,
    ]
    t.match(await run(...later, '--unmatched', missed, '--yes'), {
      code: 0,
      output: /with the units of 2020-01-01[\s\S]*opened +1[\s\S]*closed +3[\s\S]*unchanged +1/,
    })
    t.equal(await readFile(missed, 'utf8'), 'line,code,reason,words\n3,17357,not-found,"Xã Lạ"\n')
    t.match(await run('units', 'find', 'hoà sơn', '--on', '2020-02-02'), {
      code: 0,
      output:
        /17647 {2}Xã Hòa Sơn, Huyện Anh Sơn, Tỉnh Nghệ An[\s\S]*into 17357[\s\S]*17357 {2}Xã Hoa Sơn/,
    })
    t.match(await run('units', 'find', 'Hoa Son', '--on', '2020-02-02'), { code: 1 })
    t.match(await run('units'), { output: /2025-07-01 {2}1 province, 1 commune; 1 predecessors/ })
    t.match(await run('units', 'find', 'A', '--on', '2025-02-30'), {
      code: 2,
      output: /--on is a day/,
    })
    const odd = await write('odd.csv', 'code,level,name,parent_code\n1,province,Tỉnh A,9\n')
    t.match(await run('units', 'import', odd, '--valid-from', '2026-01-01', '--yes'), {
      code: 1,
      output: /odd.csv, line 2, column parent_code: no line has the code 9/,
    })
    await t.rejects(typist.get('/api/units/states'), { code: 'NOT_ALLOWED' })
  })

  await t.test('U30: whoever keys may ask whether a place was a unit', async (t) => {
    const days = { first: '2021-01-01', last: '2021-12-31' }
    const places = ['UBND xã Hoà Sơn, huyện Anh Sơn', 'Xã Lạ', 'Nơi khác'].map((place) => ({
      place,
      ...days,
    }))
    t.same(await typist.post('/api/units/look-up', { places }), { known: [true, false, null] })
    const body = { places: [{ ...days, place: 'Xã Lạ', last: '2021-02-30' }] }
    await t.rejects(typist.post('/api/units/look-up', body), { code: 'MALFORMED' })
  })

  await t.test('U29: a whole country comes in within the time that a person waits', async (t) => {
    const rows = Array.from({ length: UNITS }, (_, at) => `${10_000 + at},commune,Xã Số ${at},1`)
    const all = ['code,level,name,parent_code', '1,province,Tỉnh Lớn,', ...rows].join('\n')
    const file = await write('country.csv', all)
    const began = performance.now()
    t.match(await run('units', 'import', file, '--valid-from', '2026-07-01', '--yes'), {
      code: 0,
      output: new RegExp(`opened +${UNITS + 1}`),
    })
    t.comment(`${UNITS} units in ${Math.round((performance.now() - began) / 1000)} s`)
  })
})
