import { createHash } from 'node:crypto'
import { type Api, patiently } from '@songnhap/client'
import {
  type applyFlips,
  type changeCampaignForm,
  type Flip,
  type FlippedPage,
  type listFlips,
  Problem,
  type ReplyOf,
} from '@songnhap/contracts'
import { readFormFile, referenceIn } from './forms.ts'

const PAGES_AT_ONCE = 20
const PAGES_SHOWN_MAX = 20
const FINGERPRINT_LETTERS = 16

const EFFECTS: Record<Flip['effect'], string> = {
  dropped: 'không còn hỏi / asked no more',
  asked: 'sẽ hỏi / will be asked',
  questioned: 'đã chốt, sẽ mở lại / settled, will be opened again',
  none: 'không đổi gì / nothing follows',
}

/**
 * Lists what comparing once more would change; with a fingerprint from such a list, changes exactly
 * that, or nothing. By another version of the form the campaign goes on with that version first.
 */
export async function recompare(
  api: Api,
  campaignId: string,
  { form: words, apply }: { form?: string | undefined; apply?: string | undefined },
): Promise<number> {
  const form = words === undefined ? undefined : await readFormOf(api, words)
  const { pages, compared } = await listAll(api, campaignId, form)
  const fingerprint = fingerprintOf(form, pages)
  if (apply === undefined) {
    show(pages, compared)
    if (form !== undefined || pages.some(hasEffect)) print(`\n--apply ${fingerprint}`)
    return 0
  }
  if (apply !== fingerprint) throw new Problem('FLIPS_CHANGED', [`now: ${fingerprint}`])
  const formVersion = form === undefined ? undefined : await changeForm(api, campaignId, form)
  return await applyAll(api, campaignId, formVersion, pages.filter(hasEffect))
}

/** A file, or what is kept under NAME@VERSION. */
async function readFormOf(api: Api, words: string): Promise<unknown> {
  const reference = referenceIn(words)
  if (reference === undefined) return await readFormFile(words)
  return await api.get(`/api/forms/${reference.name}/${reference.version}`)
}

/** For what is keyed, and compared for the first time, from now on. Says which version that is. */
async function changeForm(api: Api, campaignId: string, form: unknown): Promise<number> {
  const path = `/api/campaigns/${campaignId}/form`
  const { form: now } = await api.put<ReplyOf<typeof changeCampaignForm>>(path, { form })
  print(`Đợt nhập dùng mẫu biểu / the campaign goes on with ${now.name}@${now.version}`)
  return now.version
}

async function listAll(api: Api, campaignId: string, form: unknown) {
  const pages: FlippedPage[] = []
  let [after, compared]: [string | undefined, number] = [undefined, 0]
  for (;;) {
    const body = {
      ...(form === undefined ? {} : { form }),
      ...(after === undefined ? {} : { after }),
    }
    const path = `/api/campaigns/${campaignId}/flips`
    const answer: ReplyOf<typeof listFlips> = await api.post(path, body)
    pages.push(...answer.pages)
    compared += answer.compared
    if (answer.next === undefined) return { pages, compared }
    after = answer.next
  }
}

/** One after the other, a few pages at a time; what was done stays done when something has changed. */
async function applyAll(
  api: Api,
  campaignId: string,
  formVersion: number | undefined,
  pages: readonly FlippedPage[],
): Promise<number> {
  let [done, questions, reopened] = [0, 0, 0]
  for (let start = 0; start < pages.length; start += PAGES_AT_ONCE) {
    const some = pages.slice(start, start + PAGES_AT_ONCE)
    const body = {
      ...(formVersion === undefined ? {} : { formVersion }),
      pages: some.map(({ pageId, digest }) => ({ pageId, digest })),
    }
    try {
      const path = `/api/campaigns/${campaignId}/flips/apply`
      // The new form may still be on its way to where pages are compared.
      const answer = await patiently(() => api.post<ReplyOf<typeof applyFlips>>(path, body))
      questions += answer.questions
      reopened += answer.reopened
    } catch (error) {
      print(`${done} of ${pages.length} pages were compared once more; then it was refused:`)
      throw error
    }
    done += some.length
  }
  print(`${done} trang đã so sánh lại / pages compared once more`)
  print(`${questions} câu hỏi mới / new questions`)
  print(`${reopened} trang đã chốt được mở lại / settled pages opened again`)
  return 0
}

function hasEffect({ flips, moves = false }: FlippedPage): boolean {
  return moves || flips.some(({ effect }) => effect !== 'none')
}

/** Names exactly what would be changed. */
function fingerprintOf(form: unknown, pages: readonly FlippedPage[]): string {
  const hash = createHash('sha256').update(JSON.stringify(form ?? null))
  for (const { pageId, digest } of pages.filter(hasEffect)) hash.update(`${pageId} ${digest}\n`)
  return hash.digest('hex').slice(0, FINGERPRINT_LETTERS)
}

function show(pages: readonly FlippedPage[], compared: number): void {
  const differ = pages.filter(({ flips }) => flips.length > 0)
  print(`${compared} trang đã xem / pages looked at; ${differ.length} khác đi / would differ\n`)
  const moving = pages.filter(({ moves }) => moves).length
  if (moving > 0) print(`${moving} trang chưa chốt sẽ theo mẫu mới / open pages go by the new form`)
  const sums = new Map<string, { flip: Flip; fields: number; pages: number }>()
  for (const flip of pages.flatMap(({ flips }) => flips)) {
    const key = `${flip.field} ${flip.from} ${flip.to} ${flip.effect}`
    const sum = sums.get(key) ?? { flip, fields: 0, pages: 0 }
    sums.set(key, { flip, fields: sum.fields + flip.records, pages: sum.pages + 1 })
  }
  for (const { flip, fields, pages } of sums.values()) {
    const { field, from, to, effect } = flip
    print(
      `${field ?? '-'}  ${from} -> ${to}  ${fields} × (${pages} trang / pages): ${EFFECTS[effect]}`,
    )
  }
  const settled = pages.filter((page) => page.settled && hasEffect(page))
  if (settled.length > 0) print('\nĐã chốt, sẽ mở lại / settled, will be opened again:')
  for (const { pageId, bookTitle, sequence } of settled.slice(0, PAGES_SHOWN_MAX)) {
    print(`  ${pageId}  ${bookTitle}, ${sequence}`)
  }
  const more = settled.length - PAGES_SHOWN_MAX
  if (more > 0) print(`  … và ${more} trang nữa / and ${more} more`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
