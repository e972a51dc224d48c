import type { ServerMessage, WorkKind } from '@songnhap/contracts'

/** Version 1 of the protocol; a type cannot say it, and the contract's value brings its schemas along. */
const PROTOCOL = 1
const AGAIN_AFTER_MS = 15_000
const AGAIN_MAX_MS = 300_000

/**
 * Listens at the gateway's websocket for pages that turn up. Only a hint to ask: where a proxy lets no
 * websocket through, asking now and then does the same, a little later.
 */
export function listenForWork(
  work: WorkKind,
  capacity: () => number,
  hint: () => void,
): () => void {
  let ended = false
  let socket: WebSocket | undefined
  let heartbeat: ReturnType<typeof setInterval> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  const open = () => {
    const address = new URL('/api/stream', location.href)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    socket = new WebSocket(address)
    const say = (message: object) =>
      socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message))
    socket.onopen = () => say({ type: 'hello', protocol: PROTOCOL, work, capacity: capacity() })
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as ServerMessage
      if (message.type === 'snapshot') {
        failures = 0
        heartbeat = setInterval(() => say({ type: 'ping' }), message.heartbeatMs * 0.8)
      }
      if (message.type === 'assignment') hint()
    }
    socket.onclose = () => {
      clearInterval(heartbeat)
      if (ended) return
      failures += 1
      const wait = Math.min(AGAIN_MAX_MS, AGAIN_AFTER_MS * 2 ** Math.min(failures, 5))
      again = setTimeout(open, wait * (0.5 + Math.random()))
    }
  }
  open()
  return () => {
    ended = true
    clearTimeout(again)
    clearInterval(heartbeat)
    socket?.close()
  }
}
