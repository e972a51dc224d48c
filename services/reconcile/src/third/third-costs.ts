/** Whether a third blind entry is cheaper than an arbiter, from what was counted in a campaign. Pure. */
import {
  FIELD_CLASSES,
  type FieldClass,
  type ThirdEntries,
  type ThirdInput,
} from '@songnhap/contracts'
import { arbiterError, thirdEntryFirst } from '@songnhap/statistics'

/** A third entry of one field is the unit. */
export const THIRD_ENTRY_COST = 1
export const ARBITER_COST = 2.5
/** Of a wrong value in the end. */
export const ERROR_COSTS: Readonly<Record<FieldClass, number>> = {
  'identity-critical': 1000,
  critical: 200,
  ordinary: 50,
}
/** Until so many are known, the usual values stand. */
const KNOWN_MIN = 200
const USUAL: Readonly<Record<ThirdInput['name'], number>> = {
  'arbiter-error': 0.02,
  'no-majority': 0.1,
  'repeats-error': 0.004,
}

/** As counted in a campaign, over all people and fields; what was never counted is 0. */
export type TotalOf = (measure: string) => number

export function thirdCosts(
  total: TotalOf,
): Pick<ThirdEntries, 'arbiterCost' | 'inputs' | 'classes'> {
  // Two equally careful arbiters (V6); what the panel of an audit found wrong tells how often two agree on an error.
  const arbiter = inputOf(
    'arbiter-error',
    total('second-disagreed'),
    total('second-checked') - total('second-passed-on'),
    // Where half or more disagree, chance explains all: as bad as tossing a coin.
    (share) => arbiterError(share) ?? 0.5,
  )
  const noMajority = inputOf('no-majority', total('third-no-majority'), total('third-keyed'))
  const repeats = inputOf(
    'repeats-error',
    total('audited-majority-wrong'),
    total('audited-majority'),
  )
  const classes = FIELD_CLASSES.map((name) => {
    const { thirdFirst, arbiterAtOnce, better } = thirdEntryFirst({
      thirdEntry: THIRD_ENTRY_COST,
      arbiter: ARBITER_COST,
      error: ERROR_COSTS[name],
      arbiterError: arbiter.value,
      noMajority: noMajority.value,
      thirdRepeatsError: repeats.value,
    })
    return {
      class: name,
      errorCost: ERROR_COSTS[name],
      thirdFirst,
      arbiterAtOnce,
      favoured: better,
    }
  })
  return { arbiterCost: ARBITER_COST, inputs: [arbiter, noMajority, repeats], classes }
}

function inputOf(
  name: ThirdInput['name'],
  counted: number,
  of: number,
  read: (share: number) => number = (share) => share,
): ThirdInput {
  const measured = of >= KNOWN_MIN
  return { name, value: measured ? read(counted / of) : USUAL[name], counted, of, measured }
}
