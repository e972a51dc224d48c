import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { type Api, patiently, uploadFiles } from '@songnhap/client'
import type { FormDefinition, TypedRecords } from '@songnhap/contracts'
import { readFormDefinition } from '@songnhap/forms'
import { blankPage, sampleTruth } from '@songnhap/samples'
import yazl from 'yazl'
import type { TrialBook, TrialPlan } from './plan-trial.ts'

const FORM = new URL('../../../forms/birth-register.v1.json', import.meta.url)
const PAGES_A_ZIP = 100
const BOOKS_AT_ONCE = 4

export async function readTrialForm(): Promise<FormDefinition> {
  return readFormDefinition(JSON.parse(await readFile(FORM, 'utf8')))
}

/** Uploads the pages of these books, in their order: a page's place in its book tells which one it is. */
export async function uploadTrialPages(
  api: Api,
  campaignId: string,
  books: readonly (TrialBook & { readonly bookId: string })[],
  uploaded: (pages: number) => void,
): Promise<void> {
  const left = books.values()
  const carry = async () => {
    for (const book of left) {
      await patiently(() =>
        api.post(`/api/campaigns/${campaignId}/books`, { bookId: book.bookId, title: book.title }),
      )
      for (let from = 0; from < book.pages; from += PAGES_A_ZIP) {
        const count = Math.min(PAGES_A_ZIP, book.pages - from)
        const zip = await zipOf(book.firstPage + from, count)
        const name = `${book.title}-${from}.zip`
        const files = await uploadFiles(api, book.bookId, [{ name, open: async () => zip }])
        const refused = files.find(({ state }) => state.is === 'refused')
        if (refused !== undefined) throw new Error(`${refused.name} was refused`)
        uploaded(count)
      }
    }
  }
  await Promise.all(Array.from({ length: BOOKS_AT_ONCE }, carry))
}

async function zipOf(first: number, count: number): Promise<Blob> {
  const zip = new yazl.ZipFile()
  for (let index = first; index < first + count; index += 1) {
    // Nobody looks at the pictures of a trial.
    const image = await blankPage(index)
    zip.addBuffer(image, `${String(index).padStart(6, '0')}.png`)
  }
  zip.end()
  return new Blob([new Uint8Array(await buffer(zip.outputStream))])
}

export function truthsOf({ seed, difficulties }: TrialPlan): readonly TypedRecords[] {
  return difficulties.map((_, index) => sampleTruth(seed, index))
}
