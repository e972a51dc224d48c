import { isDeepStrictEqual } from 'node:util'
import type { ServerMessage, TypingAssignment } from '@songnhap/contracts'
import type { Transcript } from './transcript.ts'

/** So often a websocket asks again (W6): a page that was given back then comes back by itself. */
const REFRESH_MS = 10_000

interface PushedPage {
  readonly frame: string
  readonly assignment: TypingAssignment
  readonly afterMs: number
}

/** Pages that came over one websocket by themselves, which are not answers and may overtake them. */
export class PushedPages {
  readonly all: TypingAssignment[] = []
  readonly #transcript: Transcript
  readonly #given: readonly TypingAssignment[]
  readonly #began = performance.now()
  #unwritten: PushedPage[] = []
  #orderedAt: number | undefined

  /** `given`: what the snapshot shows, once it has come. */
  constructor(transcript: Transcript, given: readonly TypingAssignment[]) {
    this.#transcript = transcript
    this.#given = given
  }

  /** Keeps it; false when the frame is none. */
  take(frame: string): boolean {
    if (!frame.startsWith('{')) return false
    const message: ServerMessage = JSON.parse(frame)
    if (message.type !== 'assignment' || message.assignment.kind !== 'typing') return false
    const { assignment } = message
    this.all.push(assignment)
    this.#unwritten.push({ frame, assignment, afterMs: performance.now() - this.#began })
    return true
  }

  /** What is pushed may have been made for the first order since something was written, not earlier. */
  noteOrder(at: number): void {
    this.#orderedAt ??= at
  }

  /** Writes down what has come since the last time, by its place in the book, after other frames. */
  write(title: string, others: readonly string[] = []): void {
    const frames = this.#unwritten
      .filter((page) => !isBroughtBackByClock(page, this.#given))
      .sort((a, b) => a.assignment.sequence - b.assignment.sequence)
      .map(({ frame }) => frame)
    const since = this.#orderedAt ?? Date.now()
    this.#transcript.add(`websocket: ${title}`, [...others, ...frames].join('\n'), since)
    this.#unwritten = []
    this.#orderedAt = undefined
  }
}

/**
 * Whether the clock that asks again struck between giving a page back and keying it is chance, which
 * a machine that is slow enough allows. Only a page of which nothing but the lease is new is left to it.
 */
function isBroughtBackByClock(
  { assignment, afterMs }: PushedPage,
  given: readonly TypingAssignment[],
): boolean {
  const before = given.find(({ pageId }) => pageId === assignment.pageId)
  if (before === undefined || afterMs < REFRESH_MS) return false
  const { leaseToken, expiresAt } = assignment
  return isDeepStrictEqual(assignment, { ...before, leaseToken, expiresAt })
}
