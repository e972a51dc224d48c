import { sessionOf } from '../admission.ts'
import type { OpenSockets } from '../stream/open-sockets.ts'
import type { TypedServer } from '../typed-server.ts'

/** The websocket: docs/spec/stream.md. Refused as any other request before it is opened. */
export function addStreamRoute(server: TypedServer, sockets: OpenSockets): void {
  server.get(
    '/api/stream',
    {
      websocket: true,
      config: {
        access: ['typist', 'arbiter', 'supervisor'],
        summary: 'Opens the websocket of a person at work.',
      },
    },
    (socket, request) => sockets.add(socket, sessionOf(request)),
  )
}
