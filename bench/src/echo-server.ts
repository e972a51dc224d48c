/** What the gateway's websockets are measured against: Fastify's, saying back what they hear. */
import websocket from '@fastify/websocket'
import { fastify } from 'fastify'

const server = fastify()
await server.register(websocket, { options: { perMessageDeflate: false } })
server.get('/', { websocket: true }, (socket) => {
  socket.on('message', (data) => socket.send(String(data)))
})
const address = await server.listen({ host: '127.0.0.1', port: 0 })
process.send?.({ port: Number(new URL(address).port) })
process.once('disconnect', () => void server.close())
