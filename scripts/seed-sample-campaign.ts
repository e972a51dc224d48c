import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Api, signIn, uploadFiles } from '@songnhap/client'
import { type Campaign, type NewAccount, Problem } from '@songnhap/contracts'
import { samplePage, sampleTruth } from '@songnhap/samples'
import { ROOT } from './run-command.ts'

const PAGES = 12
const SEED = 1
/** The form says where the fields stand on a page of so many. */
const RECORDS_A_PAGE = 3
const CAMPAIGN_ID = '01930000-0000-7000-8000-000000000001'
const BOOK_ID = '01930000-0000-7000-8000-000000000002'

/**
 * Fills an installation without campaigns with a small one, through the gateway like anybody else.
 * Ids are fixed and every step may be repeated, so one that was interrupted is taken up again.
 * Resolves to false when there was nothing to do.
 */
export async function seedSampleCampaign(
  installation: { gatewayUrl: string; administrator: { login: string; password: string } },
  accountsOf: () => readonly NewAccount[],
  report: (line: string) => void,
  stopping: AbortSignal,
): Promise<boolean> {
  const { gatewayUrl, administrator } = installation
  const api = await signInUnlessChanged(gatewayUrl, administrator)
  if (api === undefined) {
    report("the administrator's password was changed; no sample campaign is looked for")
    return false
  }
  const { campaigns } = await api.get<{ campaigns: Campaign[] }>('/api/campaigns')
  const ours = campaigns.find(({ campaignId }) => campaignId === CAMPAIGN_ID)
  if (campaigns.length > 0 && (ours === undefined || ours.pages >= PAGES)) return false

  report('making the sample accounts and campaign')
  for (const account of accountsOf()) await createAccount(api, account)
  await openSampleBook(api)
  for (const [at, index] of pagesOfThree().entries()) {
    if (stopping.aborted) break
    await uploadPage(api, index)
    report(`page ${at + 1} of ${PAGES} drawn and received`)
  }
  return true
}

/** Whoever changed the first password is at home here and needs no samples. */
async function signInUnlessChanged(
  gatewayUrl: string,
  { login, password }: { login: string; password: string },
): Promise<Api | undefined> {
  try {
    return await signIn(gatewayUrl, login, password)
  } catch (error) {
    if (error instanceof Problem && error.code === 'SIGN_IN_FAILED') return undefined
    throw error
  }
}

async function createAccount(api: Api, account: NewAccount): Promise<void> {
  try {
    await api.post('/api/accounts', account)
  } catch (error) {
    // Made by a start that was interrupted later.
    if (!(error instanceof Problem) || error.code !== 'LOGIN_TAKEN') throw error
  }
}

async function openSampleBook(api: Api): Promise<void> {
  const form: unknown = JSON.parse(
    await readFile(join(ROOT, 'forms', 'birth-register.v2.json'), 'utf8'),
  )
  const campaign = { campaignId: CAMPAIGN_ID, name: 'Chiến dịch mẫu', form, pairs: [] }
  await api.post('/api/campaigns', campaign)
  const book = { bookId: BOOK_ID, title: 'Sổ khai sinh mẫu, quyển 1' }
  await api.post(`/api/campaigns/${CAMPAIGN_ID}/books`, book)
}

function pagesOfThree(): number[] {
  const pages: number[] = []
  for (let index = 0; pages.length < PAGES; index++) {
    if (sampleTruth(SEED, index).length === RECORDS_A_PAGE) pages.push(index)
  }
  return pages
}

async function uploadPage(api: Api, index: number): Promise<void> {
  const { name, image } = await samplePage(SEED, index)
  const file = { name: `${name}.jpg`, open: async () => new Blob([new Uint8Array(image)]) }
  const [uploaded] = await uploadFiles(api, BOOK_ID, [file])
  if (uploaded?.state.is === 'refused') {
    throw new Error(`${name} was refused: ${uploaded.state.problem.code}`)
  }
}
