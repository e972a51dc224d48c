import type { BrowserContext } from 'playwright-core'

export interface HintLine {
  isCut: boolean
  readonly heard: string[]
}

/** The room's websocket, which a proxy blocks as long as it `isCut`; and what comes over it. */
export async function routeHints(context: BrowserContext): Promise<HintLine> {
  const line: HintLine = { isCut: true, heard: [] }
  await context.routeWebSocket('**/api/stream', (socket) => {
    if (line.isCut) return void socket.close()
    const server = socket.connectToServer()
    server.onMessage((message) => {
      line.heard.push(String(message))
      socket.send(message)
    })
  })
  return line
}
