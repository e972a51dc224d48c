import type { LessonsDone } from '@songnhap/contracts'
import type { Kept } from '../keeping/kept.ts'
import type { Call } from '../line/call.ts'

const LESSONS = 'lessons'
const PATH = '/api/session/lessons'

/**
 * How far the person has come in the lessons of the first day. The gateway remembers it, since this
 * computer forgets who signs out; what it could not be told yet is kept here, and told next time.
 */
export class FirstDay {
  /** Undefined until it is known. */
  lessonsDone = $state.raw<number | null>()
  readonly #kept: Kept
  readonly #call: Call

  constructor(kept: Kept, call: Call) {
    this.#kept = kept
    this.#call = call
  }

  /** The lessons are offered to whom nobody offered them before. */
  get offered(): boolean {
    return this.lessonsDone === null
  }

  async ask(): Promise<void> {
    if (this.lessonsDone !== undefined) return
    const here = await this.#kept.get<LessonsDone>('setting', LESSONS)
    if (here !== undefined) {
      this.lessonsDone = here.lessonsDone
      await this.#tell(here)
      return
    }
    const answer = await this.#call<LessonsDone>('GET', PATH)
    if (answer.is === 'ok') this.lessonsDone = answer.body.lessonsDone
  }

  async keep(lessonsDone: number): Promise<void> {
    this.lessonsDone = lessonsDone
    const value = { lessonsDone }
    await this.#kept.change({ put: [{ room: 'setting', id: LESSONS, value }] })
    await this.#tell(value)
  }

  async #tell(value: LessonsDone): Promise<void> {
    const answer = await this.#call('POST', PATH, value)
    // Two steps may be told at once: what is kept is the newer one.
    if (answer.is !== 'ok' || value.lessonsDone !== this.lessonsDone) return
    await this.#kept.change({ remove: [{ room: 'setting', id: LESSONS }] })
  }
}
