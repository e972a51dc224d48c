/** `songnhap pairs`: which two people look as if they had not worked apart. */
import type { Api } from '@songnhap/client'
import type { PairFigures, PairFrame } from '@songnhap/contracts'

export const PAIRS_USAGE = `  pairs CAMPAIGN                              pairs of typists who differ far less, or are
                                              wrong alike far more, than each does with others`

interface Pairs {
  readonly frame: PairFrame
  readonly pairs: readonly (Omit<PairFigures, 'members'> & {
    readonly members: readonly (PairFigures['members'][number] & { readonly name: string | null })[]
    readonly review?: { readonly reviewId: string; readonly state: string }
  })[]
  readonly more: boolean
}

export async function showPairs(api: Api, campaignId: string): Promise<number> {
  const { frame, pairs, more } = await api.get<Pairs>(`/api/campaigns/${campaignId}/pairs`)
  const flagged = pairs.filter((pair) => pair.flagged).length
  print(`${flagged} flagged of ${frame.tested} pairs tested at q = ${frame.level}`)
  for (const pair of pairs) printPair(pair)
  if (more) print('... and more')
  return 0
}

function printPair({ members, review, ...pair }: Pairs['pairs'][number]): void {
  const names = members.map(({ name, personId }) => name ?? personId).join(' / ')
  const q = pair.q === null ? '' : `  q ${pair.q.toPrecision(2)}`
  print(`${pair.flagged ? 'FLAGGED' : pair.standing}  ${names}  ${pair.pages} pages${q}`)
  for (const { personId, name, elsewhere } of members) {
    const { wrong, fields, partners } = elsewhere
    print(`  ${name ?? personId}: with ${partners} others ${wrong} wrong in ${fields} fields`)
  }
  for (const one of [...pair.tests, ...pair.signals]) {
    const what = 'test' in one ? one.test : one.signal
    const p = one.p === null ? '' : `, p ${one.p.toPrecision(2)}`
    print(`  ${what}: ${one.found} of ${one.of}, expected ${one.expected.toFixed(1)}${p}`)
    if (pair.flagged) print(`    may be because of: ${one.explanations.join(', ')}`)
  }
  if (review !== undefined) print(`  review ${review.reviewId}: ${review.state}`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
