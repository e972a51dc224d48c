/** What the gateway tells supervisors of pairs, as its answers have it. */
import type { PairFigures, ReplyOf, Review, readPairs } from '@songnhap/contracts'

type Told = ReplyOf<typeof readPairs>
interface Named {
  readonly personId: string
  readonly name: string | null
}
type Member = PairFigures['members'][number] & Named
export type Pair = Omit<Told['pairs'][number], 'members'> & { readonly members: readonly Member[] }
export type Pairs = Omit<Told, 'pairs'> & { readonly pairs: readonly Pair[] }
export type NamedReview = Review & { readonly people: readonly Named[] }
