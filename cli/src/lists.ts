import type { Api } from '@songnhap/client'
import {
  type importList as contract,
  type ListSummary,
  Problem,
  type ReplyOf,
} from '@songnhap/contracts'
import { readListEntries } from './read-list-entries.ts'
import { readTable } from './read-table.ts'
import { UsageError } from './usage-error.ts'

const PAGES_MAX = 1_000
const TOLD_MAX = 20

export async function showLists(api: Api): Promise<number> {
  let after: string | undefined
  for (let page = 0; page < PAGES_MAX; page++) {
    const query = after === undefined ? '' : `?after=${after}`
    const { lists, more } = await api.get<{ lists: ListSummary[]; more: boolean }>(
      `/api/lists${query}`,
    )
    if (after === undefined && lists.length === 0) {
      print('Chưa có danh mục nào. / No list yet: songnhap lists import LIST.csv')
    }
    for (const { name, date, label, entries } of lists) {
      print(`${name}  ${date}  ${label.vi} / ${label.en}  (${entries})`)
    }
    const last = lists.at(-1)
    if (!more || last === undefined) break
    after = `${last.name}@${last.date}`
  }
  return 0
}

/** Keeps the list of a file as the edition of a day. */
export async function importList(
  api: Api,
  file: string,
  edition: { name: string; date: string; label: { vi: string; en: string } },
): Promise<number> {
  const { name, date, label } = edition
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(name)) {
    throw new UsageError('--name has small letters, digits and hyphens, as ethnic-groups')
  }
  const { entries, lines, ambiguous } = readListEntries(await readTable(file))
  const path = `/api/lists/${name}/${date}`
  const { outcome } = await api
    .put<ReplyOf<typeof contract>>(path, { label, entries })
    .catch((error: unknown) => {
      throw explained(error, `${name} of ${date}`, file, lines)
    })
  for (const { line, alias } of ambiguous.slice(0, TOLD_MAX)) {
    print(
      `${file}, dòng / line ${line}: "${alias}" có ở nhiều mục, bỏ qua / means several entries, left out`,
    )
  }
  if (ambiguous.length > TOLD_MAX) print(`… ${ambiguous.length - TOLD_MAX}`)
  print(
    outcome === 'imported'
      ? `Đã nhập / imported: ${name} ${date}, ${entries.length}`
      : `Không đổi / unchanged: ${name} ${date}, ${entries.length}`,
  )
  return 0
}

/** A refusal in terms of the file and of the options. */
function explained(
  error: unknown,
  edition: string,
  file: string,
  lines: readonly number[],
): unknown {
  if (!(error instanceof Problem)) return error
  if (error.code === 'LIST_CHANGED') {
    const words =
      `${edition} is there with other content. If the list changed, import it with --date of the ` +
      'day from which it holds; if that was a mistake, take another --name'
    return new Problem(error.code, [words])
  }
  if (error.code !== 'LIST_INVALID') return error
  return new Problem(
    error.code,
    error.details.map((detail) => {
      const [, entry, column, words] = /^\/entries\/(\d+)\/(\w+)\S* (.*)$/.exec(detail) ?? []
      if (entry === undefined) return detail
      return `${file}, line ${lines[Number(entry)]}, column ${column}: ${words}`
    }),
  )
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
