import type { Bus } from '@songnhap/bus'
import { type BookFile, listFiles } from '@songnhap/contracts'

/**
 * Pages that a book has where it is uploaded to, those that are still being read included. Of a file that
 * nobody has opened yet one page is counted: it has at least that.
 */
export async function countBookPages(bus: Bus, bookId: string): Promise<number> {
  let pages = 0
  let after: string | undefined
  do {
    const asking = { bookId, ...(after === undefined ? {} : { after }) }
    const { files, more } = await bus.ask(listFiles, asking)
    pages += files.reduce((sum, { state }) => sum + pagesOf(state), 0)
    after = more ? files.at(-1)?.fileId : undefined
  } while (after !== undefined)
  return pages
}

function pagesOf(state: BookFile['state']): number {
  switch (state.is) {
    case 'waiting':
      return 1
    case 'reading':
      return Math.max(1, state.pages)
    case 'received':
      return state.pages
    default:
      return 0
  }
}
