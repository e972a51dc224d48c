import { fitIntoReply } from '@songnhap/bus'
import {
  type BookFile,
  type listFiles as contract,
  type FileState,
  Problem,
  type ProblemBody,
  REFUSED_PAGES_TOLD_MAX,
  type ReplyOf,
  type RequestOf,
} from '@songnhap/contracts'
import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

const FILES_A_CALL_MAX = 500

/** The files of a book with their states, in the order of its pages. */
export async function listFiles(
  db: Kysely<DB>,
  { bookId, after }: RequestOf<typeof contract>,
): Promise<ReplyOf<typeof contract>> {
  let query = selectFiles(db)
    .where('book_id', '=', bookId)
    .orderBy('place')
    .orderBy('entry')
    .limit(FILES_A_CALL_MAX + 1)
  if (after !== undefined) {
    const { place, entry } = await standingOf(db, bookId, after)
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('place', 'entry'), '>', tuple(place, entry)),
    )
  }
  const rows = await query.execute()
  if (rows.length === 0) await refuseUnknownBook(db, bookId)
  const { fitting, more } = fitIntoReply(rows.slice(0, FILES_A_CALL_MAX).map(asBookFile))
  return { files: fitting, more: more || rows.length > FILES_A_CALL_MAX }
}

/** An unknown file has no end of the list behind it, which an empty answer would say. */
async function standingOf(db: Kysely<DB>, bookId: string, fileId: string) {
  const file = await db
    .selectFrom('file')
    .select(['place', 'entry'])
    .where('file_id', '=', fileId)
    .where('book_id', '=', bookId)
    .executeTakeFirst()
  if (file === undefined) throw new Problem('NOT_FOUND', ['after is no file of this book'])
  return file
}

export async function readBookFile(db: Kysely<DB>, fileId: string): Promise<BookFile> {
  return asBookFile(await selectFiles(db).where('file_id', '=', fileId).executeTakeFirstOrThrow())
}

interface TalliedRefusals {
  readonly count: number
  /** The first of them. */
  readonly told: { readonly pageInFile: number; readonly problem: ProblemBody }[]
}

function selectFiles(db: Kysely<DB>) {
  return db
    .selectFrom('file')
    .select(['file_id', 'book_id', 'name', 'inside', 'replaces', 'state'])
    .select(['pages', 'pages_done', 'duplicate_of', 'problem'])
    .select(
      sql<TalliedRefusals>`(
        select json_build_object('count', count(*), 'told', coalesce(
          json_agg(json_build_object('pageInFile', page_in_file, 'problem', problem)
                   order by page_in_file) filter (where nth <= ${REFUSED_PAGES_TOLD_MAX}), '[]'))
        from (select *, row_number() over (order by page_in_file) as nth
              from refused_page r where r.file_id = file.file_id) r)`.as('refusals'),
    )
}

type FileRow = Awaited<ReturnType<ReturnType<typeof selectFiles>['executeTakeFirstOrThrow']>>

function asBookFile(row: FileRow): BookFile {
  return {
    fileId: row.file_id,
    bookId: row.book_id,
    name: row.name,
    ...(row.inside === null ? {} : { inside: row.inside }),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    state: stateOf(row),
  }
}

function stateOf(row: FileRow): FileState {
  const { pages, pages_done: done, refusals, duplicate_of: of } = row
  switch (row.state) {
    case 'waiting':
      return { is: 'waiting' }
    case 'reading':
      return { is: 'reading', done, pages: pages ?? 0 }
    case 'received':
      return {
        is: 'received',
        pages: done - refusals.count,
        refusedPages: refusals.told,
        refused: refusals.count,
      }
    case 'unpacked':
      return { is: 'unpacked', files: pages ?? 0 }
  }
  if (row.state === 'duplicate' && of !== null) return { is: 'duplicate', of }
  return { is: 'refused', problem: row.problem as ProblemBody }
}

async function refuseUnknownBook(db: Kysely<DB>, bookId: string): Promise<void> {
  const query = db.selectFrom('book').select('book_id').where('book_id', '=', bookId)
  if ((await query.executeTakeFirst()) === undefined) throw new Problem('NOT_FOUND')
}
