import type { WorkKind } from '@songnhap/contracts'
import { keepSocket } from './keep-socket.ts'
import { PROTOCOL } from './protocol.ts'

/**
 * Listens at the gateway's websocket for pages that turn up. Only a hint to ask: where a proxy lets no
 * websocket through, asking now and then does the same, a little later.
 */
export function listenForWork(
  work: WorkKind,
  capacity: () => number,
  hint: () => void,
): () => void {
  return keepSocket({
    greeting: () => ({ type: 'hello', protocol: PROTOCOL, work, capacity: capacity() }),
    hear: ({ type }) => type === 'assignment' && hint(),
  })
}
