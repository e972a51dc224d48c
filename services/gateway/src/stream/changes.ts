import type { Bus, Subscription } from '@songnhap/bus'
import type { ChangedThing, ServerMessage } from '@songnhap/contracts'
import { THING_OF } from './thing-of.ts'

/** Of more at once it is said that any may have changed. */
const CAMPAIGNS_MAX = 50

type Changed = Extract<ServerMessage, { type: 'changed' }>
/** Which campaign changed, null being any, and in what. */
type Pending = Map<string | null, Set<ChangedThing>>

/** What changes, for whoever watches: facts as they pass by, without what they say (W18, W19). */
export interface Changes {
  watch(hear: (changed: Changed) => void): Subscription
}

/** Listens while somebody watches, and not otherwise: facts are many. */
export function createChanges(bus: Bus, everyMs: number): Changes {
  const watchers = new Set<(changed: Changed) => void>()
  let pending: Pending = new Map()
  let listening: Subscription | undefined
  /** Until it runs out nothing is said: what comes meanwhile is said then, at once. */
  let pause: NodeJS.Timeout | undefined

  const tell = () => {
    pause = undefined
    if (pending.size === 0) return
    const told = pending
    pending = new Map()
    for (const [campaignId, things] of told) {
      for (const hear of watchers) hear({ type: 'changed', campaignId, things: [...things] })
    }
    pause = setTimeout(tell, everyMs)
  }
  const note = (campaignId: string | null, thing: ChangedThing) => {
    const isRoom = pending.has(campaignId) || pending.size < CAMPAIGNS_MAX
    const key = isRoom ? campaignId : null
    pending.set(key, (pending.get(key) ?? new Set()).add(thing))
    if (pause === undefined) tell()
  }
  const listen = () =>
    bus.onNews(({ kind, campaignId }) => {
      const thing = THING_OF[kind]
      if (thing !== undefined) note(campaignId ?? null, thing)
    })

  return {
    watch(hear) {
      watchers.add(hear)
      listening ??= listen()
      return {
        stop() {
          watchers.delete(hear)
          if (watchers.size > 0) return
          listening?.stop()
          listening = undefined
          clearTimeout(pause)
          pause = undefined
          pending = new Map()
        },
      }
    },
  }
}
