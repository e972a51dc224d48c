/** Which fields of a page on which two agree a third person keys all the same. Pure. */
import type { Count } from '@songnhap/database'
import type { PageCase } from '../page-case.ts'
import { drawOf } from '../rechecks/draw-of.ts'
import { agreedGains } from './agreed-gains.ts'
import { agreedPlaces } from './agreed-places.ts'
import { chooseDoubtful, type DoubtTotals } from './choose-doubtful.ts'
import type { AgreedPlan, ThirdPlan } from './third-plans.ts'
import { gainMeasure } from './third-totals.ts'

/** Of the share that is asked: drawn by chance, whatever the risk; the rest are doubtful fields. */
export const DRAWN_PART = 1 / 4

export interface AskedAgreed {
  readonly rows: readonly [number, number]
  readonly field: string
  readonly risk: number
  readonly isDoubtful: boolean
  /** The probability with which it was drawn; null: it was not. */
  readonly chance: number | null
}

interface Chosen {
  readonly asked: readonly AskedAgreed[]
  readonly totals: DoubtTotals
  readonly counts: readonly Count[]
}

export function chooseAgreed(
  page: PageCase,
  { total }: ThirdPlan,
  { share, secret, counts }: AgreedPlan,
  before: DoubtTotals,
): Chosen {
  const places = agreedPlaces(page)
  const gains = agreedGains(page, places, counts, total)
  const chance = share * DRAWN_PART
  const { chosen, after } = chooseDoubtful(
    gains.map(({ gain }) => gain),
    share - chance,
    before,
  )
  const asked = places.flatMap(({ rows, field: { name } }, at): AskedAgreed[] => {
    const isDoubtful = chosen.has(at)
    const isDrawn = drawOf(secret, drawnText(page.pageId, rows, name)) < chance
    if (!isDoubtful && !isDrawn) return []
    const risk = gains[at]?.risk ?? 0
    return [{ rows, field: name, risk, isDoubtful, chance: isDrawn ? chance : null }]
  })
  return { asked, totals: after, counts: countsOf(page, asked, before, after) }
}

/** By which a field is drawn, with the secret: the same whenever it is looked at. */
export function drawnText(pageId: string, rows: readonly [number, number], field: string): string {
  return `agreed ${pageId} ${rows.join(' ')} ${field}`
}

function countsOf(
  { campaignId: scope }: PageCase,
  asked: readonly AskedAgreed[],
  before: DoubtTotals,
  after: DoubtTotals,
): Count[] {
  const drawn = asked.filter(({ chance }) => chance !== null).length
  const counts = [
    { scope, measure: 'agreed-seen', amount: after.seen - before.seen },
    { scope, measure: 'doubtful-asked', amount: after.asked - before.asked },
    { scope, measure: 'drawn-asked', amount: drawn },
    ...after.gains.map((count, bin) => {
      return { scope, measure: gainMeasure(bin), amount: count - (before.gains[bin] ?? 0) }
    }),
  ]
  return counts.filter(({ amount }) => amount > 0)
}
