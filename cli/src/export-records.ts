import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type { Api } from '@songnhap/client'
import type {
  FormDefinition,
  listBooks,
  listCampaigns,
  listPages,
  listSettledRecords,
  ReplyOf,
} from '@songnhap/contracts'
import { csvLine } from '@songnhap/tables'
import { UsageError } from './usage-error.ts'

/** What people wrote about people: nobody else on this computer reads it. */
const OWNER_ONLY = 0o600
/** So that Excel takes the file for UTF-8. */
const BOM = '\ufeff'

interface Standing {
  readonly book: string
  readonly page: number
}

/**
 * Settled records as a table, one line each: book, page, record, then value and mark of every field.
 * The file comes to its name when it is whole.
 */
export async function exportRecords(api: Api, campaignId: string, out: string): Promise<number> {
  const form = await formOf(api, campaignId)
  const standings = await readStandings(api, campaignId)
  const unfinished = `${out}.part`
  const file = createWriteStream(unfinished, { mode: OWNER_ONLY, flags: 'w' })
  try {
    await once(file, 'open')
    const names = form.fields.map(({ name }) => name)
    const heading = ['record_id', 'book', 'page', 'record', ...names.flatMap(withMark)]
    file.write(BOM + csvLine(heading))
    let records = 0
    for await (const one of settledRecords(api, campaignId)) {
      const { book = '', page = '' } = standings.get(one.pageId) ?? {}
      const values = names.flatMap((name) => {
        const { value = '', mark = '' } = one.values[name] ?? {}
        return [value, mark]
      })
      const line = csvLine([one.recordId, book, String(page), String(one.record), ...values])
      if (!file.write(line)) await once(file, 'drain')
      records += 1
    }
    file.end()
    await finished(file)
    await rename(unfinished, out)
    process.stdout.write(`${out}: ${records} bản ghi / records\n`)
    return 0
  } catch (error) {
    file.destroy()
    await rm(unfinished, { force: true })
    throw error
  }
}

function withMark(name: string): string[] {
  return [name, `${name}.mark`]
}

async function formOf(api: Api, campaignId: string): Promise<FormDefinition> {
  const { campaigns } = await api.get<ReplyOf<typeof listCampaigns>>('/api/campaigns')
  const campaign = campaigns.find((one) => one.campaignId === campaignId)
  if (campaign === undefined) throw new UsageError(`there is no campaign ${campaignId}`)
  const { name, version } = campaign.form
  return await api.get<FormDefinition>(`/api/forms/${name}/${version}`)
}

async function readStandings(api: Api, campaignId: string): Promise<Map<string, Standing>> {
  const titles = new Map<string, string>()
  const path = `/api/campaigns/${campaignId}`
  for await (const { books } of everyPart<ReplyOf<typeof listBooks>>(
    api,
    `${path}/books`,
    (part) => (part.more ? part.books.at(-1)?.bookId : undefined),
  )) {
    for (const { bookId, title } of books) titles.set(bookId, title)
  }
  const standings = new Map<string, Standing>()
  for await (const { pages } of everyPart<ReplyOf<typeof listPages>>(
    api,
    `${path}/pages`,
    (part) => (part.more ? part.pages.at(-1)?.pageId : undefined),
  )) {
    for (const { pageId, bookId, sequence } of pages) {
      standings.set(pageId, { book: titles.get(bookId) ?? '', page: sequence })
    }
  }
  return standings
}

async function* settledRecords(api: Api, campaignId: string) {
  const path = `/api/campaigns/${campaignId}/records`
  for await (const { records } of everyPart<ReplyOf<typeof listSettledRecords>>(
    api,
    path,
    (part) => (part.more ? part.records.at(-1)?.recordId : undefined),
  )) {
    yield* records
  }
}

/** A listing that comes in parts, going on after the last id of each. */
async function* everyPart<T>(
  api: Api,
  path: string,
  lastIdOf: (part: T) => string | undefined,
): AsyncGenerator<T> {
  let after: string | undefined
  do {
    const part = await api.get<T>(after === undefined ? path : `${path}?after=${after}`)
    yield part
    after = lastIdOf(part)
  } while (after !== undefined)
}
