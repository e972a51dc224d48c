/**
 * Question: how much memory do intake and its decoders take together for a PDF of 500 pages and for a
 * TIFF of 100 MB, and how long does it take?
 * Method: both files are made by our own code and sent through the gateway of a real installation;
 * meanwhile the resident memory of intake and of all below it is read from /proc, five times a second.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { signIn, uploadFiles } from '@songnhap/client'
import { startInstallation } from '@songnhap/local'
import { newBook, newCampaign, newPdf } from '@songnhap/testkit'
import sharp from 'sharp'

const PDF_PAGES = 500
const TIFF_BYTES_MAX = 100 * 1024 * 1024
const LOOK_EVERY_MS = 200
const MEMORY_BYTES_MAX = 1_000_000_000

export interface IntakeOptions {
  readonly report: (line: string) => void
  readonly pdfPages?: number
}

export interface IntakeResult {
  readonly what: string
  readonly fileBytes: number
  readonly pages: number
  readonly seconds: number
  readonly peakBytes: number
  readonly within: boolean
}

export async function run({
  report,
  pdfPages = PDF_PAGES,
}: IntakeOptions): Promise<IntakeResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-bench-intake-'))
  try {
    const installation = await startInstallation({ folder, report })
    try {
      const { gatewayUrl, administrator } = installation
      const api = await signIn(gatewayUrl, administrator.login, administrator.password)
      const campaign = newCampaign()
      await api.post('/api/campaigns', campaign)
      const pid = await readPid(join(folder, 'run', 'intake.json'))
      const results = []
      report('making the files')
      for (const [what, bytes] of [
        [`PDF of ${pdfPages} pages`, await makePdf(pdfPages)],
        ['TIFF of 100 MB', await makeTiff()],
      ] as const) {
        const { bookId, title } = newBook(campaign)
        await api.post(`/api/campaigns/${campaign.campaignId}/books`, { bookId, title })
        const measuring = measurePeak(pid)
        const began = performance.now()
        const file = { name: 'file', open: async () => new Blob([new Uint8Array(bytes)]) }
        const [uploaded] = await uploadFiles(api, bookId, [file])
        const seconds = Math.round((performance.now() - began) / 100) / 10
        const peakBytes = await measuring.stop()
        const pages = uploaded?.state.is === 'received' ? uploaded.state.pages : 0
        const within = peakBytes < MEMORY_BYTES_MAX && pages > 0
        const result = { what, fileBytes: bytes.length, pages, seconds, peakBytes, within }
        report(JSON.stringify(result))
        results.push(result)
      }
      return results
    } finally {
      await installation.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Noise is what a scanner sees on paper, and what compresses worst. */
function paper(width: number, height: number, sigma: number) {
  const noise = { type: 'gaussian', mean: 225, sigma } as const
  return sharp({ create: { width, height, channels: 3, noise, background: 'white' } })
}

async function makePdf(count: number): Promise<Buffer> {
  const [width, height] = [1240, 1754]
  const jpeg = await paper(width, height, 4).jpeg({ quality: 60 }).toBuffer()
  return newPdf(Array.from({ length: count }, () => ({ jpeg, width, height })))
}

/** As large as is taken, uncompressed: one page of 35 megapixels. */
async function makeTiff(): Promise<Buffer> {
  const width = 5_000
  const height = Math.floor((TIFF_BYTES_MAX - 10_000) / (3 * width))
  return await paper(width, height, 6).tiff({ compression: 'none' }).toBuffer()
}

function measurePeak(pid: number) {
  let peak = 0
  let stopped = false
  const watching = (async () => {
    while (!stopped) {
      peak = Math.max(peak, await residentBytes(pid))
      await wait(LOOK_EVERY_MS)
    }
  })()
  return {
    async stop() {
      stopped = true
      await watching
      return peak
    },
  }
}

/** Of a process and of all that it has started. */
async function residentBytes(root: number): Promise<number> {
  const parents = new Map<number, number>()
  const bytes = new Map<number, number>()
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const status = await readFile(`/proc/${entry}/status`, 'utf8').catch(() => '')
    parents.set(Number(entry), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]))
    bytes.set(Number(entry), 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0))
  }
  const belongs = (pid: number): boolean =>
    pid === root || (pid > 1 && belongs(parents.get(pid) ?? 0))
  return [...bytes].reduce((sum, [pid, size]) => (belongs(pid) ? sum + size : sum), 0)
}

async function readPid(file: string): Promise<number> {
  const { pid }: { pid: number } = JSON.parse(await readFile(file, 'utf8'))
  return pid
}
