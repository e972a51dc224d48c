import { CLOSE, type ClientMessage, Problem, type ServerMessage } from '@songnhap/contracts'
import type { WebSocket } from 'ws'
import { readClientMessage } from './read-client-message.ts'

const MALFORMED_MAX = 10
/** A client that lets so much wait is told to go before it costs the others their memory. */
const BUFFERED_BYTES_MAX = 1024 * 1024

/** A websocket that speaks the protocol and bounds what its client can cost. */
export interface ClientLine {
  send(message: ServerMessage): void
  refuse(problem: Problem, ref?: string): void
  /** From now on every message wins the client this much time; before, none does. */
  expectEvery(silenceMaxMs: number): void
  close(code: number): void
}

export function openClientLine(
  socket: WebSocket,
  firstWithinMs: number,
  hear: (message: ClientMessage) => void,
): ClientLine {
  let silence = setTimeout(() => line.close(CLOSE.SILENT), firstWithinMs)
  let isExpectedEvery = false
  let malformed = 0

  const line: ClientLine = {
    send(message) {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount > BUFFERED_BYTES_MAX) line.close(CLOSE.TOO_SLOW)
      else socket.send(JSON.stringify(message))
    },
    refuse(problem, ref) {
      const named = ref === undefined ? {} : { ref }
      line.send({ type: 'refusal', ...named, ...problem.toBody() })
    },
    expectEvery(silenceMaxMs) {
      clearTimeout(silence)
      silence = setTimeout(() => line.close(CLOSE.SILENT), silenceMaxMs)
      isExpectedEvery = true
    },
    close: (code) => socket.close(code),
  }

  socket.on('message', (data) => {
    // What was on its way when we hung up is not answered; the client sends it again.
    if (socket.readyState !== socket.OPEN) return
    if (isExpectedEvery) silence.refresh()
    const heard = readClientMessage(String(data))
    if (heard.kind === 'message') {
      hear(heard.message)
    } else {
      line.refuse(new Problem('MALFORMED', heard.details), heard.ref)
      malformed += 1
      if (malformed >= MALFORMED_MAX) line.close(CLOSE.MALFORMED)
    }
  })
  socket.on('close', () => clearTimeout(silence))
  return line
}
