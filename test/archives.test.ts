/**
 * Goal: a folder as archives deliver it comes in, and says of each bad file why it does not.
 * Method: 200 files, 40 of them bad in 20 ways, through the real command into a real installation;
 * in mid-run intake is killed; then the same folder is sent again.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Api, signIn } from '@songnhap/client'
import { type listPages, PROBLEMS, type ReplyOf } from '@songnhap/contracts'
import type { Installation } from '@songnhap/local'
import { eventually, newBook, newCampaign, newPdf, testInstallation } from '@songnhap/testkit'
import { t } from 'tap'
import { BAD_FILES, pdfPage, scan } from './bad-files.ts'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

const GOOD = 160
const TIMES_EACH = 2
const COMMAND = join(import.meta.dirname, '../cli/src/main.ts')
const HEIC = join(import.meta.dirname, '../libs/images/test/fixtures/page.heic')
const COMES_IN_WITHIN_MS = 60_000

t.test('P6, P8: 160 pages come in and 40 reasons, also when intake is killed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-archives-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const files = await makeFiles(await mkdtemp(join(folder, 'kho-')))
  const installation = await testInstallation(t, {
    report: (line) => t.comment(line),
  })
  const { gatewayUrl, administrator } = installation
  const api = await signIn(gatewayUrl, administrator.login, administrator.password)
  const campaign = newCampaign()
  const { bookId, title } = newBook(campaign)
  await api.post('/api/campaigns', campaign)
  await api.post(`/api/campaigns/${campaign.campaignId}/books`, { bookId, title })

  const uploading = upload(installation, files, bookId)
  const some = (pages: readonly unknown[]) => pages.length >= 20
  await eventually(() => readPages(api, campaign.campaignId), some, COMES_IN_WITHIN_MS)
  await installation.services.intake[0]?.kill('SIGKILL')
  await installation.services.intake[0]?.start()
  const first = await uploading
  t.match(endOf(first), '160 pages received, 0 files there already, 40 files refused')
  for (const [code, ending] of BAD_FILES) {
    const [, vi, en] = PROBLEMS[code]
    const said = first.split('\n').filter((line) => line.includes(`${vi} / ${en}`))
    t.ok(said.length >= TIMES_EACH, `${code} is said of both files .${ending}`)
  }
  const pages = await readPages(api, campaign.campaignId)
  const numbers = Array.from({ length: GOOD }, (_, index) => index + 1)
  t.same(
    pages.map(({ sequence }) => sequence),
    numbers,
    'without hole or double',
  )
  const names = pages.map(({ fileName }) => fileName)
  t.same(
    names.slice(0, 4),
    ['điện thoại.heic', 'sổ.png', 'trang 0 sổ.jpg', 'trang 1 sổ.png'],
    'in the order of the names, of which one was no UTF-8',
  )

  const second = await upload(installation, files, bookId)
  t.match(endOf(second), '0 pages received, 160 files there already, 40 files refused')
  t.same(await readPages(api, campaign.campaignId), pages, 'sent again, nothing changes')
})

function endOf(said: string): string {
  return said.trim().split('\n').slice(-2).join('\n')
}

async function readPages(api: Api, campaignId: string) {
  return (await api.get<ReplyOf<typeof listPages>>(`/api/campaigns/${campaignId}/pages`)).pages
}

/** What the command prints; it ends with 1 since some files are refused. */
function upload(installation: Installation, folder: string, bookId: string): Promise<string> {
  const { gatewayUrl, administrator } = installation
  const env = {
    ...process.env,
    SONGNHAP_URL: gatewayUrl,
    SONGNHAP_LOGIN: administrator.login,
    SONGNHAP_PASSWORD: administrator.password,
  }
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [COMMAND, 'upload', folder, '--book', bookId],
      { env },
      (error, out, err) => {
        if (error?.code === 1 && out !== '') resolve(out)
        else reject(new Error(`the command ended otherwise: ${err}`))
      },
    )
  })
}

async function makeFiles(folder: string): Promise<string> {
  const kinds = [
    ['jpg', (n: number) => scan(n).jpeg().toBuffer()],
    ['png', (n: number) => scan(n).png().toBuffer()],
    ['webp', (n: number) => scan(n).webp().toBuffer()],
    ['jpg', (n: number) => scan(n).png().toBuffer()],
    ['tif', (n: number) => scan(n).tiff().toBuffer()],
    ['pdf', async (n: number) => newPdf([await pdfPage(n)])],
  ] as const
  for (let number = 0; number < GOOD - 2; number++) {
    // Drawing a PDF page takes twenty times what the other small ones take.
    const kind = number % 24 === 5 ? 5 : number % (kinds.length - 1)
    const [ending, make] = kinds[kind] ?? kinds[0]
    await writeFile(join(folder, `trang ${number} sổ.${ending}`), await make(number))
  }
  await writeFile(join(folder, 'điện thoại.heic'), await readFile(HEIC))
  // A name as an old Windows wrote it: no UTF-8.
  const oldName = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from('73f4d22e706e67', 'hex')])
  await writeFile(oldName, await scan(GOOD).png().toBuffer())
  for (const [index, [, ending, make]] of BAD_FILES.entries()) {
    for (let time = 0; time < TIMES_EACH; time++) {
      const number = 2 * index + time
      await writeFile(join(folder, `xấu ${number}.${ending}`), await make(number))
    }
  }
  return folder
}
