import type { ServerMessage } from '@songnhap/contracts'

const AGAIN_AFTER_MS = 15_000
const AGAIN_MAX_MS = 300_000

interface Kept {
  /** What is said first. */
  readonly greeting: () => object
  readonly hear: (message: ServerMessage) => void
  /** After the greeting was answered, and when such a line has ended. */
  readonly is?: (alive: boolean) => void
}

/** One websocket to the gateway after the other, until it is stopped. Gives what stops it. */
export function keepSocket({ greeting, hear, is }: Kept): () => void {
  let ended = false
  let alive = false
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
    socket.onopen = () => say(greeting())
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as ServerMessage
      if (message.type === 'snapshot' || message.type === 'watching') {
        failures = 0
        alive = true
        heartbeat = setInterval(() => say({ type: 'ping' }), message.heartbeatMs * 0.8)
        is?.(true)
      }
      hear(message)
    }
    socket.onclose = () => {
      clearInterval(heartbeat)
      if (ended) return
      if (alive) is?.(false)
      alive = false
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
