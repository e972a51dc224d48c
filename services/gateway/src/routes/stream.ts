import { Problem } from '@songnhap/contracts'
import { sessionOf } from '../admission.ts'
import type { OpenSockets } from '../stream/open-sockets.ts'
import type { TypedServer } from '../typed-server.ts'

/** The websocket: docs/spec/stream.md. Refused as any other request before it is opened. */
export function addStreamRoute(server: TypedServer, sockets: OpenSockets): void {
  server.route({
    method: 'GET',
    url: '/api/stream',
    config: {
      access: ['typist', 'arbiter', 'supervisor', 'administrator'],
      summary: 'Opens the websocket of a person at work, or of a supervisor who watches.',
      refuses: ['MALFORMED', 'NOT_FOUND'],
    },
    // Asked without an upgrade there is nothing here.
    handler: async () => {
      throw new Problem('NOT_FOUND')
    },
    wsHandler: (socket, request) => sockets.add(socket, sessionOf(request)),
  })
}
