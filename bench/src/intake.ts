/**
 * What a long PDF and a large TIFF take of intake and its decoders.
 *
 * Last result, 29 November 2026, 2 cores (others used one of them in part): PDF of 71 MB with 500
 * pages, no two alike: 197 s, peak 870 MB resident, 702 MB proportional. TIFF of 100 megapixels in
 * grey, 100 MB: 3 s, peak 821 and 653 MB, the decoders of the PDF still standing by.
 */
import { type Api, signIn, uploadFiles } from '@songnhap/client'
import { newBook, newCampaign, newPdf } from '@songnhap/testkit'
import sharp from 'sharp'
import { type BenchAnswer, type BenchOptions, readSizes } from './bench.ts'
import { watchMemory } from './watch-memory.ts'
import { withInstallation } from './with-installation.ts'

const QUESTION =
  'Do a PDF of 500 pages and a TIFF of 100 MB come in within 1 GB of memory, and in what time?'
const METHOD =
  'Both files are made of noise, no two pages alike, and sent one after the other through the gateway' +
  ' of an installation; meanwhile the memory of intake and of all processes below it is summed from' +
  ' /proc, ten times a second.'

const PDF_PAGES = 500
const TIFF_SIDE_PIXELS = 10_000
const MEMORY_BYTES_MAX = 1_000_000_000

export async function run(options: BenchOptions): Promise<BenchAnswer> {
  const { say, stop } = options
  const { pages: pdfPages } = readSizes(options, { pages: PDF_PAGES })
  say('making the files')
  const files = [
    { name: `PDF of ${pdfPages} pages`, bytes: await makePdf(pdfPages) },
    { name: 'TIFF of 100 megapixels, grey', bytes: await makeTiff() },
  ]
  return await withInstallation(say, {}, async ({ gatewayUrl, administrator, services }) => {
    const api = await signIn(gatewayUrl, administrator.login, administrator.password)
    const campaign = newCampaign()
    await api.post('/api/campaigns', campaign)
    const pid = services.intake[0]?.pid
    if (pid === undefined) throw new Error('intake does not run')
    const results = []
    for (const file of files) results.push(await measure(api, campaign, pid, file, stop))
    return { question: QUESTION, method: METHOD, figures: { results }, lines: results.map(tell) }
  })
}

async function measure(
  api: Api,
  campaign: ReturnType<typeof newCampaign>,
  pid: number,
  { name, bytes }: { name: string; bytes: Buffer },
  stop: AbortSignal,
) {
  const { bookId, title } = newBook(campaign)
  await api.post(`/api/campaigns/${campaign.campaignId}/books`, { bookId, title })
  const memory = watchMemory(pid)
  const began = performance.now()
  const open = async () => new Blob([new Uint8Array(bytes)])
  const [uploaded] = await uploadFiles(api, bookId, [{ name, open }], () => stop.throwIfAborted())
  const seconds = Math.round((performance.now() - began) / 100) / 10
  const peak = await memory.stop()
  const pages = uploaded?.state.is === 'received' ? uploaded.state.pages : 0
  const within = pages > 0 && peak.residentBytes < MEMORY_BYTES_MAX
  return { name, fileBytes: bytes.length, pages, seconds, ...peak, within }
}

function tell(result: Awaited<ReturnType<typeof measure>>): string {
  const { name, fileBytes, pages, seconds, residentBytes, proportionalBytes, within } = result
  return (
    `${name}, ${inMb(fileBytes)}: ${pages} pages in ${seconds} s, peak ${inMb(residentBytes)} resident,` +
    ` ${inMb(proportionalBytes)} proportional: ${within ? 'within' : 'NOT within'} 1 GB`
  )
}

function inMb(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

/** Noise is what a scanner sees on paper, and what compresses worst. */
function paper(width: number, height: number) {
  const noise = { type: 'gaussian', mean: 225, sigma: 8 } as const
  return sharp({ create: { width, height, channels: 3, noise, background: 'white' } })
}

/** Each page a cutting of its own from one large sheet: to make the noise takes the longest. */
async function makePdf(count: number): Promise<Buffer> {
  const [width, height] = [1240, 1754]
  const sheet = await paper(width, height + count)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const pages = []
  for (let top = 0; top < count; top++) {
    const cutting = sharp(sheet.data, { raw: sheet.info }).extract({ left: 0, top, width, height })
    pages.push({
      jpeg: await cutting.jpeg({ quality: 60, optimiseCoding: false }).toBuffer(),
      width,
      height,
    })
  }
  return newPdf(pages)
}

/** As many pixels as a file of 100 MB can have without being packed. */
async function makeTiff(): Promise<Buffer> {
  const grey = paper(TIFF_SIDE_PIXELS, TIFF_SIDE_PIXELS).toColourspace('b-w')
  return await grey.tiff({ compression: 'none' }).toBuffer()
}
