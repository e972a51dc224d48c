import type { DeskHere } from '@songnhap/contracts'
import type { Kept } from '../keeping/kept.ts'
import type { Call } from '../line/call.ts'

const DESK = 'desk'

/**
 * One computer of a person types at a time, as far as the gateway can be asked: two that hold the same
 * pages would key them twice. What was typed at either stays there, and is taken.
 */
export class OneComputer {
  /** Another computer of this person is at work. */
  isElsewhere = $state(false)
  readonly #kept: Kept
  readonly #call: Call
  #deskId: string | undefined

  constructor(kept: Kept, call: Call) {
    this.#kept = kept
    this.#call = call
  }

  /** Says that somebody works here. Without an answer it stays as it was. */
  async look(takeOver = false): Promise<void> {
    const body = { deskId: await this.#id(), takeOver }
    const answer = await this.#call<DeskHere>('POST', '/api/session/desk', body)
    if (answer.is === 'ok') this.isElsewhere = !answer.body.isHere
  }

  /** The same after a restart, so that nobody is taken for his or her own other computer. */
  async #id(): Promise<string> {
    this.#deskId ??= await this.#kept.get<string>('setting', DESK)
    if (this.#deskId !== undefined) return this.#deskId
    this.#deskId = crypto.randomUUID()
    await this.#kept.change({ put: [{ room: 'setting', id: DESK, value: this.#deskId }] })
    return this.#deskId
  }
}
