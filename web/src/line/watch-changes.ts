import type { ServerMessage } from '@songnhap/contracts'
import { keepSocket } from './keep-socket.ts'
import { PROTOCOL } from './protocol.ts'

type Changed = Extract<ServerMessage, { type: 'changed' }>

/** Listens for what changes in campaigns. `live`: whether hints come; where not, one has to ask more often. */
export function watchChanges(
  changed: (change: Changed) => void,
  live: (isLive: boolean) => void,
): () => void {
  return keepSocket({
    greeting: () => ({ type: 'watch', protocol: PROTOCOL }),
    hear: (message) => message.type === 'changed' && changed(message),
    is: live,
  })
}
