import { SESSION_COOKIE, type TypingAssignment } from '@songnhap/contracts'
import { recordOf, SMALL_FORM } from '@songnhap/testkit'
import type { Operation } from './doors.ts'
import type { Knowledge } from './example-of.ts'
import { type Asking, exchange } from './exchange.ts'
import { Transcript } from './transcript.ts'
import { idOf, type World } from './two-worlds.ts'

const NOBODY = idOf('nothing has this id')
const SIGNED_OUT = `${SESSION_COOKIE}=;`
const RECORDS = [recordOf()]

/** A typist in one world, with all that was seen so far. */
export interface Visit {
  readonly world: World
  readonly transcript: Transcript
  /** Of what everybody may know, and of the page that is on the desk. */
  readonly known: Knowledge
  readonly onDesk: TypingAssignment | undefined
  /** Sends it as the signed-in typist unless it says otherwise, and writes down what came. */
  ask(title: string, asking: Asking): Promise<unknown>
  /** Asks for one page: again and again the same, until it is done with. */
  take(): Promise<TypingAssignment>
  /** All doors are tried with this page from now on. */
  putOnDesk(assignment: TypingAssignment): void
}

export async function beginVisit(
  world: World,
  ids: { campaignId: string; bookId: string },
): Promise<Visit> {
  let headers = await world.signInAgain()
  const transcript = new Transcript(world.gatewayUrl)
  const { name, version } = SMALL_FORM
  const common = { ...ids, name, version: String(version), records: RECORDS, capacity: 1 }
  let known: Knowledge = { ...common, work: 'typing', ...keysOf(NOBODY, NOBODY) }
  let onDesk: TypingAssignment | undefined
  const visit: Visit = {
    world,
    transcript,
    get onDesk() {
      return onDesk
    },
    get known() {
      return known
    },

    async ask(title, asking) {
      const all = { ...headers, ...asking.headers }
      const answer = await exchange(world.gatewayUrl, { ...asking, headers: all })
      transcript.addAnswer(title, answer)
      const isSignedOut = answer.rawHeaders.some((text) => text.startsWith(SIGNED_OUT))
      if (isSignedOut) headers = await world.signInAgain()
      return answer.status === 200 ? parsed(answer.body) : undefined
    },

    async take() {
      const body = JSON.stringify({ work: 'typing', capacity: 1 })
      const headers = { 'content-type': 'application/json' }
      const asking = { method: 'POST', path: '/api/assignments/take', headers, body }
      const taken = (await visit.ask('take', asking)) as { assignments?: TypingAssignment[] }
      const [assignment] = taken?.assignments ?? []
      if (assignment === undefined) throw new Error('the typist was given no page')
      return assignment
    },

    putOnDesk(assignment) {
      onDesk = assignment
      const { leaseToken, pageId, sequence } = assignment
      const entryId = idOf(`by the typist ${ids.bookId} ${sequence}`)
      known = { ...known, ...keysOf(leaseToken, pageId), entryId }
    },
  }
  return visit
}

/** What the typist knows, but with ids of nothing. */
export function withWrongIds(known: Knowledge): Knowledge {
  return { ...known, ...keysOf(NOBODY, NOBODY), campaignId: NOBODY, bookId: NOBODY }
}

export async function tryOperation(visit: Visit, title: string, operation: Operation) {
  await visit.ask(`${operation.title} ${title}`, operation.ask(visit.known))
}

function keysOf(leaseToken: string, pageId: string): Knowledge {
  return { leaseToken, pageId, personId: NOBODY, entryId: NOBODY, submissionId: NOBODY }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(String(body))
  } catch {
    return undefined
  }
}
