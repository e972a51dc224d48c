import fc from 'fast-check'
import { t } from 'tap'
import { happen, holderOf, type PassEvent, type PassState } from '../src/pass-state.ts'

const until = new Date(1_000)
const later = new Date(2_000)
const STATES: Record<PassState['kind'], PassState> = {
  free: { kind: 'free' },
  leased: { kind: 'leased', holder: 1, token: 'a', until },
  keyed: { kind: 'keyed', holder: 1 },
}
const EVENTS: Record<PassEvent['kind'], PassEvent> = {
  renew: { kind: 'renew', until: later },
  'give-back': { kind: 'give-back' },
  key: { kind: 'key', holder: 1 },
}

t.test('every event has one answer in every state', async (t) => {
  const table: Record<PassState['kind'], Record<PassEvent['kind'], PassState | undefined>> = {
    free: {
      renew: undefined,
      'give-back': undefined,
      key: { kind: 'keyed', holder: 1 },
    },
    leased: {
      renew: { kind: 'leased', holder: 1, token: 'a', until: later },
      'give-back': { kind: 'free' },
      key: { kind: 'keyed', holder: 1 },
    },
    keyed: { renew: undefined, 'give-back': undefined, key: undefined },
  }
  for (const state of Object.values(STATES)) {
    for (const event of Object.values(EVENTS)) {
      const expected = table[state.kind][event.kind]
      const name = `${state.kind}, ${event.kind}`
      if (expected === undefined) t.throws(() => happen(state, event), /cannot take/, name)
      else t.same(happen(state, event), expected, name)
    }
  }
})

t.test('a leased pass is keyed by its holder and by nobody else', async (t) => {
  t.throws(() => happen(STATES.leased, { kind: 'key', holder: 2 }), /cannot take/)
})

t.test(
  'whatever happens, a keyed pass stays as it is and its maker was the last holder',
  async (t) => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant('renew' as const), until: fc.date() }),
      fc.record({ kind: fc.constant('give-back' as const) }),
      fc.record({ kind: fc.constant('key' as const), holder: fc.integer({ min: 1, max: 3 }) }),
    )
    const start = fc.constantFrom(STATES.free, STATES.leased)
    const property = fc.property(start, fc.array(event, { maxLength: 30 }), (first, events) => {
      let state: PassState = first
      for (const next of events) {
        const before: PassState = state
        state = tried(state, next)
        if (before.kind === 'keyed' && state !== before) return false
        if (before.kind === 'leased' && state.kind === 'keyed') {
          if (holderOf(state) !== before.holder) return false
        }
      }
      return true
    })
    t.doesNotThrow(() => fc.assert(property))
  },
)

function tried(state: PassState, event: PassEvent): PassState {
  try {
    return happen(state, event)
  } catch {
    return state
  }
}
