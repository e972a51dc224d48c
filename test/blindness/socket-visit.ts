import { once } from 'node:events'
import type { ServerMessage, TypingAssignment } from '@songnhap/contracts'
import { WebSocket } from 'ws'
import { PushedPages } from './pushed-pages.ts'
import { idOf } from './two-worlds.ts'
import type { Visit } from './visit.ts'

const NOBODY = idOf('nothing has this id')
/** An order behind others to the same service is answered after them; one behind that, surely. */
const BARRIERS = 3
const ANSWER_WITHIN_MS = 10_000

/** One websocket of the visiting typist. What it brings is written down step by step. */
export interface SocketVisit {
  /** Typing that the snapshot showed. */
  readonly given: readonly TypingAssignment[]
  /** Typing that came by itself. */
  readonly pushed: readonly TypingAssignment[]
  /**
   * Sends it, waits until it must have been answered, and writes down what came. A page that was
   * pushed may overtake an answer or be overtaken: it is kept back until a submission is acknowledged,
   * for whatever brings the next page, it has come by then (W4).
   */
  say(title: string, message: object | string): Promise<void>
  /** Also writes down what has not been. */
  close(): Promise<void>
}

export async function openSocketVisit(visit: Visit): Promise<SocketVisit> {
  const { world, transcript } = visit
  const headers = world.typist.headersFor(world.gatewayUrl)
  const socket = new WebSocket(`${world.gatewayUrl.replace('http', 'ws')}/api/stream`, { headers })
  const heard: string[] = []
  let read = 0
  let refs = 0
  const given: TypingAssignment[] = []
  const pushes = new PushedPages(transcript, given)
  let news = Promise.withResolvers<void>()
  const hear = (text: string) => {
    heard.push(text)
    news.resolve()
    news = Promise.withResolvers()
  }
  socket.on('upgrade', ({ statusCode, rawHeaders }) => {
    const spoken = rawHeaders.filter((_, index) => !isChallenge(rawHeaders, index))
    hear(`${statusCode} ${spoken.join(' | ')}`)
  })
  socket.on('message', (data) => {
    if (!pushes.take(String(data))) hear(String(data))
  })
  socket.on('close', (code) => hear(`closed with ${code}`))
  await once(socket, 'open')

  const send = (message: object | string) => {
    if (socket.readyState !== WebSocket.OPEN) return
    socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }
  /** Returns the answer; undefined when the line was closed instead. */
  const order = async (message: object): Promise<string | undefined> => {
    refs += 1
    const ref = `order ${refs}`
    const isAnswer = (text: string) => text.includes(`"ref":"${ref}"`)
    const patience = setTimeout(() => socket.terminate(), ANSWER_WITHIN_MS)
    send({ ...message, ref })
    while (socket.readyState !== WebSocket.CLOSED && !heard.some(isAnswer)) await news.promise
    clearTimeout(patience)
    return heard.find(isAnswer)
  }
  return {
    given,
    pushed: pushes.all,
    async say(title, message) {
      const since = Date.now()
      const isOrder = typeof message === 'object' && 'ref' in message
      if (isOrder) pushes.noteOrder(since)
      const answer = isOrder ? await order(message) : undefined
      if (!isOrder) send(message)
      const barriers = new Set<string | undefined>()
      for (let barrier = 0; barrier < BARRIERS; barrier += 1) {
        barriers.add(await order({ type: 'renew', leaseToken: NOBODY }))
      }
      const frames = heard.slice(read).filter((frame) => !barriers.has(frame))
      read = heard.length
      given.push(...frames.flatMap(assignmentsIn))
      for (const assignment of frames.flatMap(assignmentsIn)) visit.putOnDesk(assignment)
      transcript.add(`websocket: ${title}`, frames.join('\n'), since)
      if (isOrder && isAckOfSubmit(message, answer)) pushes.write(`pushed by then, ${title}`)
    },
    async close() {
      if (socket.readyState !== WebSocket.CLOSED) {
        socket.close()
        await once(socket, 'close')
      }
      pushes.write('pushed until the end', heard.slice(read))
    },
  }
}

/** The header with the answer to a key that our own side drew, and the one with the time. */
function isChallenge(rawHeaders: readonly string[], index: number): boolean {
  const name = rawHeaders[index - (index % 2)]?.toLowerCase() ?? ''
  return name === 'sec-websocket-accept' || name === 'date'
}

function isAckOfSubmit(message: object, answer: string | undefined): boolean {
  if (answer === undefined || !('type' in message) || message.type !== 'submit') return false
  return (JSON.parse(answer) as ServerMessage).type === 'ack'
}

function assignmentsIn(frame: string): TypingAssignment[] {
  if (!frame.startsWith('{')) return []
  const message: ServerMessage = JSON.parse(frame)
  const assignments = message.type === 'snapshot' ? message.assignments : []
  return assignments.filter((assignment) => assignment.kind === 'typing')
}
