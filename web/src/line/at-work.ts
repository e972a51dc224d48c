import type { Saver } from '../keeping/saver.svelte.ts'
import type { LookOut } from './look-out.svelte.ts'
import type { Network } from './network.svelte.ts'
import type { Outbox } from './outbox.svelte.ts'

/** Somebody at work, at whichever desk: what the frame around the work shows and does. */
export interface AtWork {
  readonly saver: Pick<Saver<unknown>, 'state' | 'savedAt'>
  readonly outbox: Outbox
  readonly network: Network
  readonly lookOut: LookOut
  /** Something lies under the hands. */
  readonly isAtPage: boolean
  /** Pages ready on this computer beside the one at hand. */
  readonly ready: number
  /** Nothing of this person is left here that the gateway has not. */
  readonly isAllSent: boolean
  /** Everything is saved; nothing more is sent from this window. */
  end(): Promise<void>
}
