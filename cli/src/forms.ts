import { readFile } from 'node:fs/promises'
import type { Api } from '@songnhap/client'
import type {
  checkForm as checkContract,
  FormFinding,
  FormReference,
  FormSummary,
  publishForm as publishContract,
  ReplyOf,
  saveForm as saveContract,
} from '@songnhap/contracts'
import { UsageError } from './usage-error.ts'

const PAGES_MAX = 1_000
const REFERENCE = /^([a-z][a-z0-9-]{0,63})@([1-9][0-9]{0,6})$/

export async function showForms(api: Api): Promise<number> {
  let after: string | undefined
  for (let page = 0; page < PAGES_MAX; page++) {
    const query = after === undefined ? '' : `?after=${after}`
    const { forms, more } = await api.get<{ forms: FormSummary[]; more: boolean }>(
      `/api/forms${query}`,
    )
    if (after === undefined && forms.length === 0) {
      print('Chưa có mẫu biểu nào. / No form yet: songnhap forms upload FORM.json')
    }
    for (const { name, version, title, state, campaigns } of forms) {
      const words = state === 'draft' ? 'bản nháp / draft' : 'đã công bố / published'
      print(`${name}@${version}  ${title.vi}  (${words}, ${campaigns} đợt / campaigns)`)
    }
    const last = forms.at(-1)
    if (!more || last === undefined) break
    after = `${last.name}@${last.version}`
  }
  return 0
}

/** Every error with its JSON pointer. */
export async function checkForm(api: Api, file: string): Promise<number> {
  const form = await readFormFile(file)
  const { errors, warnings } = await api.post<ReplyOf<typeof checkContract>>(
    '/api/forms/check',
    form,
  )
  printFindings('lỗi / error', errors)
  printFindings('lưu ý / note', warnings)
  if (errors.length === 0) print(`${file}: hợp lệ / valid`)
  return errors.length === 0 ? 0 : 1
}

/** As a draft. */
export async function uploadForm(api: Api, file: string): Promise<number> {
  if ((await checkForm(api, file)) !== 0) return 1
  const form = await readFormFile(file)
  const { name, version } = form as FormReference
  const { state } = await api.put<ReplyOf<typeof saveContract>>(
    `/api/forms/${name}/${version}`,
    form,
  )
  const preview = `/api/forms/${name}/${version}/preview`
  print(
    state === 'draft'
      ? `Bản nháp / draft: ${name}@${version}; xem thử / preview: ${preview}`
      : `Đã công bố từ trước, không đổi / published already, unchanged: ${name}@${version}`,
  )
  return 0
}

export async function publishForm(api: Api, words: string): Promise<number> {
  const { name, version } = referenceOf(words)
  const { listsTaken } = await api.post<ReplyOf<typeof publishContract>>(
    `/api/forms/${name}/${version}/publish`,
    {},
  )
  for (const list of listsTaken) print(`Danh mục / list: ${list.name} ${list.date}`)
  print(`Đã công bố / published: ${name}@${version}`)
  return 0
}

export async function deleteForm(api: Api, words: string): Promise<number> {
  const { name, version } = referenceOf(words)
  await api.delete(`/api/forms/${name}/${version}`)
  print(`Đã xóa bản nháp / draft deleted: ${name}@${version}`)
  return 0
}

/** As it is kept, to be edited and uploaded again. */
export async function showForm(api: Api, words: string): Promise<number> {
  const { name, version } = referenceOf(words)
  print(JSON.stringify(await api.get(`/api/forms/${name}/${version}`), null, 2))
  return 0
}

/** What a campaign is opened with: a file, or a published form by NAME@VERSION. */
export async function formFor(words: string): Promise<unknown> {
  return referenceIn(words) ?? (await readFormFile(words))
}

function referenceOf(words: string): FormReference {
  const reference = referenceIn(words)
  if (reference !== undefined) return reference
  throw new UsageError(`${words} is no NAME@VERSION, such as birth-register@1`)
}

/** Undefined for what is no NAME@VERSION, such as the path of a file. */
export function referenceIn(words: string): FormReference | undefined {
  const [, name, version] = REFERENCE.exec(words) ?? []
  return name === undefined ? undefined : { name, version: Number(version) }
}

export async function readFormFile(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`the form cannot be read: ${error.message}`)
  })
  try {
    // Editors on Windows put a mark in front.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${error instanceof Error ? error.message : error}`)
  }
}

function printFindings(kind: string, findings: readonly FormFinding[]): void {
  for (const { pointer, message } of findings) print(`${kind}  ${pointer || '/'}  ${message}`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
