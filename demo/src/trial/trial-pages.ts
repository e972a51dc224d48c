import { readFile } from 'node:fs/promises'
import { type Api, patiently, uploadFiles } from '@songnhap/client'
import type { FormDefinition, TypedRecords } from '@songnhap/contracts'
import { readFormDefinition } from '@songnhap/forms'
import { blankPages, sampleTruth } from '@songnhap/samples'
import type { TrialBook, TrialPlan } from './plan-trial.ts'

const FORM = new URL('../../../forms/birth-register.v1.json', import.meta.url)
const PAGES_A_FILE = 25
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
      for (let from = 0; from < book.pages; from += PAGES_A_FILE) {
        const count = Math.min(PAGES_A_FILE, book.pages - from)
        const file = await fileOf(book.firstPage + from, count)
        const name = nameOf(book.firstPage + from)
        const files = await uploadFiles(api, book.bookId, [{ name, open: async () => file }])
        const refused = files.find(({ state }) => state.is === 'refused')
        if (refused !== undefined) throw new Error(`${refused.name} was refused`)
        uploaded(count)
      }
    }
  }
  await Promise.all(Array.from({ length: BOOKS_AT_ONCE }, carry))
}

/** Nobody looks at the pictures of a trial; a file of many is read sooner than many files. */
async function fileOf(first: number, count: number): Promise<Blob> {
  const indexes = Array.from({ length: count }, (_, at) => first + at)
  return new Blob([new Uint8Array(await blankPages(indexes))])
}

function nameOf(first: number): string {
  return `${String(first).padStart(6, '0')}.tif`
}

export function truthsOf({ seed, difficulties }: TrialPlan): readonly TypedRecords[] {
  return difficulties.map((_, index) => sampleTruth(seed, index))
}
