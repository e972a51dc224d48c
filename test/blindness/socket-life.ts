import { isDeepStrictEqual } from 'node:util'
import { PROTOCOL_VERSION, type TypingAssignment } from '@songnhap/contracts'
import type { Deeds } from './colleague.ts'
import type { Knowledge } from './example-of.ts'
import { untilNext } from './page-life.ts'
import { openSocketVisit, type SocketVisit } from './socket-visit.ts'
import { type Visit, withWrongIds } from './visit.ts'

export interface Message {
  readonly type: string
  make(known: Knowledge): object
}

/** As `livePage`, over a websocket: every message with the lease and after it. */
export async function livePageBySocket(
  visit: Visit,
  title: string,
  first: Message,
  messages: readonly Message[],
  deeds: Deeds,
  theirs: TypingAssignment | undefined,
): Promise<void> {
  const socket = await openSocketVisit(visit)
  const hello = { type: 'hello', protocol: PROTOCOL_VERSION, work: 'typing', capacity: 1 }
  await socket.say(`hello, ${title}`, hello)
  const mine = visit.onDesk
  if (mine === undefined) throw new Error('the typist was given no page')
  // Pages that come later do not go on the desk: all that follows is about this one.
  const known = visit.known
  const sayAll = async (when: string) => {
    for (const message of messages) await say(socket, { known }, message, `${when}, ${title}`)
  }
  await say(socket, { known }, first, `first of all, ${title}`)
  if (theirs !== undefined) await deeds.during?.(visit.world, theirs)
  await sayAll('then')
  if (theirs !== undefined) await deeds.after?.(visit.world, theirs)
  await sayAll('once more')
  await socket.close()
  const again = await openSocketVisit(visit)
  await again.say('hello again', { ...hello, holding: [mine.leaseToken] })
  visit.transcript.add('websocket: the page is shown', asPushed(again, socket), Date.now())
  await again.close()
  await untilNext(visit, mine.sequence)
}

/** To the millisecond, which a transcript does not keep. */
function asPushed({ given }: SocketVisit, { pushed }: SocketVisit): string {
  const words = given.map((later) => {
    const earlier = pushed.find(({ leaseToken }) => leaseToken === later.leaseToken)
    if (earlier === undefined) return 'never pushed'
    return isDeepStrictEqual(earlier, later) ? 'as it was pushed' : 'otherwise than it was pushed'
  })
  return words.join(', ')
}

/** Every message before the hello, and what is not of the protocol, until the line is closed for it. */
export async function sayNonsense(visit: Visit, messages: readonly Message[]): Promise<void> {
  const socket = await openSocketVisit(visit)
  for (const text of ['', 'null', '{', '[]', '{"type":"peek"}']) await socket.say(text, text)
  for (const { type } of messages) await socket.say(`${type} of nothing`, { type, ref: type })
  await socket.close()
  const other = await openSocketVisit(visit)
  for (const message of messages) {
    if (message.type !== 'hello') await say(other, visit, message, 'before the hello')
  }
  const hello = { type: 'hello', protocol: PROTOCOL_VERSION, work: 'typing', capacity: 1 }
  for (const work of ['arbitration', 'escalation', 'audit']) {
    await other.say(`hello for ${work}`, { ...hello, work })
  }
  // Before the third begins: a line without a hello is closed after seconds (W2).
  await other.say('unknown protocol', { type: 'hello', protocol: 99, work: 'typing', capacity: 1 })
  await other.close()
  const third = await openSocketVisit(visit)
  await third.say('hello', hello)
  const known = withWrongIds(visit.known)
  for (const message of messages) await say(third, { known }, message, 'with wrong ids')
  await third.close()
}

async function say(
  socket: SocketVisit,
  { known }: { readonly known: Knowledge },
  message: Message,
  when: string,
): Promise<void> {
  const more = { ref: message.type, protocol: PROTOCOL_VERSION }
  await socket.say(`${message.type} ${when}`, message.make({ ...known, ...more }))
}
