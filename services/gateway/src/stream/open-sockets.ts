import { setTimeout as wait } from 'node:timers/promises'
import { CLOSE } from '@songnhap/contracts'
import type { WebSocket } from 'ws'
import type { Session } from '../sessions.ts'
import { SocketSession, type StreamParts } from './socket-session.ts'

const SOCKETS_OF_PERSON_MAX = 5
/** From the IANA registry of close codes. */
const SERVICE_RESTART = 1012
const GOODBYE_MS = 1_000
const LOOK_AGAIN_MS = 20

/** The websockets of this gateway, by person. */
export interface OpenSockets {
  /** Closes it at once when the person has too many already, or when all have been closed. */
  add(socket: WebSocket, session: Session): void
  /** Lets clients say goodbye, then cuts them off: a service that stops must stop. */
  closeAll(): Promise<void>
}

export function createOpenSockets(parts: StreamParts): OpenSockets {
  const sockets = new Map<string, Map<WebSocket, SocketSession>>()
  let isClosing = false
  const all = () => [...sockets.values()].flatMap((ofPerson) => [...ofPerson])

  return {
    add(socket, session) {
      // It was being let in while the others were told to go.
      if (isClosing) return sendAway(socket, SERVICE_RESTART)
      const { personId } = session.person
      const ofPerson = sockets.get(personId) ?? new Map<WebSocket, SocketSession>()
      if (ofPerson.size >= SOCKETS_OF_PERSON_MAX) return sendAway(socket, CLOSE.TOO_MANY)
      sockets.set(personId, ofPerson.set(socket, new SocketSession(parts, socket, session)))
      socket.on('close', () => {
        ofPerson.delete(socket)
        if (ofPerson.size === 0) sockets.delete(personId)
      })
    },

    async closeAll() {
      isClosing = true
      for (const [, session] of all()) session.close(SERVICE_RESTART)
      const deadline = Date.now() + GOODBYE_MS
      while (all().length > 0 && Date.now() < deadline) await wait(LOOK_AGAIN_MS)
      for (const [socket] of all()) socket.terminate()
    },
  }
}

/** It is kept nowhere, and must not hold up a service that stops when it says no goodbye. */
function sendAway(socket: WebSocket, code: number): void {
  const late = setTimeout(() => socket.terminate(), GOODBYE_MS)
  socket.once('close', () => clearTimeout(late))
  socket.close(code)
}
