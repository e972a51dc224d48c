/** The life of one pass of a page, from its claim (the SQL function `fill_hands`). Pure. */

export type PassState =
  | { readonly kind: 'free' }
  | {
      readonly kind: 'leased'
      readonly holder: number
      readonly token: string
      readonly until: Date
    }
  | { readonly kind: 'keyed'; readonly holder: number }

export type PassEvent =
  | { readonly kind: 'renew'; readonly until: Date }
  | { readonly kind: 'give-back' }
  | { readonly kind: 'key'; readonly holder: number }

type Transition = (state: PassState, event: PassEvent) => PassState

/** What must not happen comes from a bug, not from a person. */
const never: Transition = (state, event) => {
  throw new Error(`a ${state.kind} pass cannot take ${event.kind}`)
}
const free: Transition = () => ({ kind: 'free' })
const renewed: Transition = (state, event) =>
  state.kind === 'leased' && event.kind === 'renew'
    ? { ...state, until: event.until }
    : never(state, event)
const keyed: Transition = (state, event) =>
  event.kind === 'key' && (state.kind === 'free' || holderOf(state) === event.holder)
    ? { kind: 'keyed', holder: event.holder }
    : never(state, event)

const TRANSITIONS: Record<PassState['kind'], Record<PassEvent['kind'], Transition>> = {
  // A free pass is keyed by an entry that came after its lease had run out.
  free: { renew: never, 'give-back': never, key: keyed },
  leased: { renew: renewed, 'give-back': free, key: keyed },
  keyed: { renew: never, 'give-back': never, key: never },
}

export function happen(state: PassState, event: PassEvent): PassState {
  return TRANSITIONS[state.kind][event.kind](state, event)
}

export function holderOf(state: PassState): number | undefined {
  return state.kind === 'free' ? undefined : state.holder
}
