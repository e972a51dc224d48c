import type { Bus, Subscription } from '@songnhap/bus'
import {
  assignmentOffered,
  CLOSE,
  type ClientMessage,
  PROTOCOL_VERSION,
  Problem,
  type Role,
  type WorkKind,
} from '@songnhap/contracts'
import type { FastifyBaseLogger } from 'fastify'
import type { WebSocket } from 'ws'
import { problemOf } from '../answer-problem.ts'
import type { Session, Sessions } from '../sessions.ts'
import { type Assignment, ROLE_OF, takeWork, workOf } from '../work.ts'
import { carryOut, type Order } from './carry-out.ts'
import type { Changes } from './changes.ts'
import { type ClientLine, openClientLine } from './client-line.ts'
import { createHeldWork, type HeldWork } from './held-work.ts'

const ORDERS_UNDER_WAY_MAX = 16
const OFFERS_UNDER_WAY_MAX = 32
const SILENT_HEARTBEATS_MAX = 3
/** With full hands a socket asks again only every so many turns of its clock. */
const FULL_HANDS_TURNS = 6
/** From the IANA registry of close codes: the client connects again, a little later. */
const TRY_AGAIN_LATER = 1013

export interface StreamTimes {
  readonly helloMs: number
  readonly heartbeatMs: number
  /** Asking again keeps a person remembered as waiting, and finds what a lost offer missed. */
  readonly refreshMs: number
  readonly sessionCheckMs: number
  /** Between two hints about one campaign. */
  readonly hintMs: number
}

export interface StreamParts {
  readonly bus: Bus
  readonly sessions: Sessions
  readonly log: FastifyBaseLogger
  readonly times: StreamTimes
  readonly changes: Changes
}

interface Working {
  readonly kind: 'working'
  readonly work: WorkKind
  readonly capacity: number
  readonly held: HeldWork
  readonly offers: Subscription
  readonly refreshing: NodeJS.Timeout
  /** Resolves when the snapshot has been sent; nothing else is answered before. */
  readonly greeted: Promise<void>
}

interface Watching {
  readonly kind: 'watching'
  readonly changes: Subscription
}

type State =
  | { readonly kind: 'waiting for hello' }
  | Working
  | Watching
  | { readonly kind: 'closed' }
type Hello = Extract<ClientMessage, { type: 'hello' }>
type Watch = Extract<ClientMessage, { type: 'watch' }>
const WATCHERS: readonly Role[] = ['supervisor', 'administrator']

/** One websocket of one person, from its opening to its end (docs/spec/stream.md). */
export class SocketSession {
  readonly #parts: StreamParts
  readonly #session: Session
  readonly #line: ClientLine
  readonly #checking: NodeJS.Timeout
  #state: State = { kind: 'waiting for hello' }
  #ordersUnderWay = 0
  #offersUnderWay = 0
  #isAsking = false
  #isAskWanted = false

  constructor(parts: StreamParts, socket: WebSocket, session: Session) {
    this.#parts = parts
    this.#session = session
    this.#line = openClientLine(socket, parts.times.helloMs, (message) => this.#hear(message))
    this.#checking = setInterval(() => void this.#isLive(), parts.times.sessionCheckMs)
    socket.on('close', () => this.#end())
  }

  close(code: number): void {
    this.#line.close(code)
    this.#end()
  }

  #end(): void {
    clearInterval(this.#checking)
    if (this.#state.kind === 'working') {
      clearInterval(this.#state.refreshing)
      this.#state.offers.stop()
    }
    if (this.#state.kind === 'watching') this.#state.changes.stop()
    this.#state = { kind: 'closed' }
  }

  #hear(message: ClientMessage): void {
    switch (message.type) {
      case 'ping':
        this.#line.send({ type: 'pong' })
        break
      case 'hello':
        if (this.#admit(message, [ROLE_OF[message.work]])) this.#state = this.#beginWork(message)
        break
      case 'watch':
        if (this.#admit(message, WATCHERS)) this.#state = this.#beginWatch()
        break
      default:
        this.#receive(message)
    }
  }

  /** Whether a socket begins with this message; else it has been refused. */
  #admit({ protocol }: Hello | Watch, roles: readonly Role[]): boolean {
    if (this.#state.kind !== 'waiting for hello') {
      this.#line.refuse(new Problem('MALFORMED', ['hello was said before']))
    } else if (protocol !== PROTOCOL_VERSION) {
      this.#line.refuse(new Problem('PROTOCOL_UNKNOWN'))
      this.close(CLOSE.UNKNOWN_PROTOCOL)
    } else if (!roles.some((role) => this.#session.person.roles.includes(role))) {
      this.#line.refuse(new Problem('NOT_ALLOWED'))
    } else {
      return true
    }
    return false
  }

  #beginWatch(): Watching {
    const { heartbeatMs } = this.#parts.times
    this.#line.expectEvery(SILENT_HEARTBEATS_MAX * heartbeatMs)
    const changes = this.#parts.changes.watch((changed) => this.#line.send(changed))
    this.#line.send({ type: 'watching', protocol: PROTOCOL_VERSION, heartbeatMs })
    return { kind: 'watching', changes }
  }

  #beginWork(hello: Hello): Working {
    const { bus, times } = this.#parts
    const { work, capacity } = hello
    this.#line.expectEvery(SILENT_HEARTBEATS_MAX * times.heartbeatMs)
    // Heard before the snapshot is asked for, so that nothing falls between the two.
    const offers = bus.onPush(
      assignmentOffered,
      this.#session.person.personId,
      ({ assignment }) => void this.#offer(assignment),
    )
    const held = createHeldWork(capacity)
    let turns = 0
    const refreshing = setInterval(() => {
      turns += 1
      // What is held may have ended elsewhere, but a thousand people with a page each ask in vain.
      if (held.room(Date.now()) > 0 || turns % FULL_HANDS_TURNS === 0) void this.#askAgain()
    }, times.refreshMs)
    const greeted = this.#sendSnapshot(hello, held)
    return { kind: 'working', work, capacity, held, offers, refreshing, greeted }
  }

  async #sendSnapshot({ work, capacity, holding }: Hello, held: HeldWork): Promise<void> {
    const { person } = this.#session
    try {
      const assignments = await takeWork(this.#parts.bus, person, work, capacity)
      held.align([], assignments)
      const { personId, name, roles } = person
      this.#line.send({
        type: 'snapshot',
        protocol: PROTOCOL_VERSION,
        person: { personId, name, roles },
        assignments: [...assignments],
        ended: (holding ?? []).filter((token) => !held.tokens().includes(token)),
        heartbeatMs: this.#parts.times.heartbeatMs,
      })
    } catch (error) {
      this.#refuse(error)
      this.close(TRY_AGAIN_LATER)
    }
  }

  #receive(order: Order): void {
    if (this.#state.kind === 'watching') {
      this.#line.refuse(new Problem('NOT_ALLOWED'), order.ref)
    } else if (this.#state.kind !== 'working') {
      this.#line.refuse(new Problem('HELLO_FIRST'), order.ref)
    } else if (this.#ordersUnderWay >= ORDERS_UNDER_WAY_MAX) {
      this.#line.refuse(new Problem('UNAVAILABLE'), order.ref)
    } else {
      this.#ordersUnderWay += 1
      void this.#obey(this.#state, order).finally(() => {
        this.#ordersUnderWay -= 1
      })
    }
  }

  async #obey(working: Working, order: Order): Promise<void> {
    await working.greeted
    if (this.#state !== working) return
    const { held } = working
    try {
      const done = await carryOut(this.#parts.bus, this.#session.person, working, order)
      if (done.leaseEnded) held.end(order.leaseToken)
      if (done.ack.expiresAt !== undefined) held.renew(order.leaseToken, done.ack.expiresAt)
      this.#line.send({ type: 'ack', ref: order.ref, ...done.ack })
      this.#assign((done.assignments ?? []).filter((assignment) => held.add(assignment)))
      if (done.askAgain) void this.#askAgain()
    } catch (error) {
      const problem = this.#refuse(error, order.ref)
      if (problem.code === 'LEASE_ENDED') held.end(order.leaseToken)
    }
  }

  /** What is not passed on here is not lost: the person holds it, and asking again brings it. */
  async #offer(assignment: Assignment): Promise<void> {
    const working = this.#state
    if (working.kind !== 'working' || workOf(assignment) !== working.work) return
    if (this.#offersUnderWay >= OFFERS_UNDER_WAY_MAX) return
    this.#offersUnderWay += 1
    await working.greeted
    this.#offersUnderWay -= 1
    if (this.#state !== working || working.held.room(Date.now()) <= 0) return
    if (working.held.add(assignment)) this.#assign([assignment])
  }

  /** One question at a time; what happens while it is open may need another one after it. */
  async #askAgain(): Promise<void> {
    this.#isAskWanted = true
    if (this.#isAsking) return
    this.#isAsking = true
    while (this.#isAskWanted) {
      this.#isAskWanted = false
      await this.#askOnce()
    }
    this.#isAsking = false
  }

  async #askOnce(): Promise<void> {
    const working = this.#state
    if (working.kind !== 'working') return
    await working.greeted
    const { work, capacity, held } = working
    if (this.#state !== working || !(await this.#isLive())) return
    // Also with both hands full: what is held may have ended elsewhere, by HTTP or another socket.
    try {
      const before = held.tokens()
      const everything = await takeWork(this.#parts.bus, this.#session.person, work, capacity)
      this.#assign(held.align(before, everything))
    } catch (err) {
      // The next turn of the clock asks again. That a service is away, each socket need not log.
      if (problemOf(err).code !== 'UNAVAILABLE') this.#parts.log.warn({ err }, 'work was not given')
    }
  }

  #assign(assignments: readonly Assignment[]): void {
    for (const assignment of assignments) this.#line.send({ type: 'assignment', assignment })
  }

  #refuse(error: unknown, ref?: string): Problem {
    const problem = problemOf(error)
    if (problem.code === 'INTERNAL') this.#parts.log.error({ err: error }, 'an order failed')
    this.#line.refuse(problem, ref)
    return problem
  }

  /** Else the socket is closed: the person signed out, was barred, or may no longer do some of this. */
  async #isLive(): Promise<boolean> {
    try {
      const isLive = await this.#parts.sessions.isLive(this.#session)
      if (!isLive) this.close(CLOSE.SIGNED_OUT)
      return isLive
    } catch (err) {
      // Without its database the gateway cannot tell: who is at work stays at work.
      this.#parts.log.warn({ err }, 'a session could not be checked')
      return true
    }
  }
}
