/** Chromium behind a weak line: slow, far away, and broken now and then. */
import chromium from '@sparticuz/chromium'
import {
  type BrowserContext,
  type CDPSession,
  type Page,
  chromium as playwright,
} from 'playwright-core'

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-zygote', '--disable-dev-shm-usage']
const BITS_A_BYTE = 8

export interface Line {
  readonly kbit: number
  readonly latencyMs: number
  /** Of a hundred requests so many fail. */
  readonly dropPercent: number
  /** Draws which of them. */
  readonly draw: () => number
}

/** What went over the line so far. */
export interface Traffic {
  requests: number
  failed: number
  bytesReceived: number
  bytesSent: number
}

export interface WeakBrowser {
  readonly traffic: Traffic
  openPage(): Promise<Page>
  close(): Promise<void>
}

export async function openWeakBrowser(line: Line): Promise<WeakBrowser> {
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ARGUMENTS,
  })
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'vi-VN',
  })
  const traffic = { requests: 0, failed: 0, bytesReceived: 0, bytesSent: 0 }
  return {
    traffic,
    openPage: () => openPage(context, line, traffic),
    close: () => browser.close(),
  }
}

async function openPage(context: BrowserContext, line: Line, traffic: Traffic): Promise<Page> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', conditionsOf(line))
  count(session, traffic)
  await slowWorkers(session, line, traffic)
  await session.send('Fetch.enable', { patterns: [{ urlPattern: 'http*' }] })
  session.on('Fetch.requestPaused', ({ requestId }) => {
    const fails = line.draw() * 100 < line.dropPercent
    if (fails) traffic.failed += 1
    const answer = fails
      ? session.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionFailed' })
      : session.send('Fetch.continueRequest', { requestId })
    // The page may have gone meanwhile, and its requests with it.
    void answer.catch(() => {})
  })
  return page
}

function conditionsOf({ kbit, latencyMs }: Line) {
  const throughput = (kbit * 1000) / BITS_A_BYTE
  return {
    offline: false,
    latency: latencyMs,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  }
}

/** Of what came from a cache nothing went over the line. */
function count(session: CDPSession, traffic: Traffic): void {
  session.on('Network.requestWillBeSent', ({ request }) => {
    traffic.requests += 1
    traffic.bytesSent += request.postData?.length ?? 0
  })
  session.on('Network.requestWillBeSentExtraInfo', ({ headers }) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    traffic.bytesSent += lines.join('').length
  })
  session.on('Network.responseReceived', ({ response }) => countResponse(response, traffic))
}

interface Answer {
  readonly url: string
  readonly fromDiskCache?: boolean
  readonly fromServiceWorker?: boolean
  readonly encodedDataLength: number
  readonly headers: Readonly<Record<string, string>>
}

function countResponse(response: Answer, traffic: Traffic): void {
  // Pictures are shown from the page's own memory, under addresses that begin with blob.
  if (!response.url.startsWith('http')) return
  if (response.fromDiskCache === true || response.fromServiceWorker === true) return
  // By what the answer says of itself: of intercepted requests only the heads are measured.
  const body = response.headers['content-length'] ?? response.headers['Content-Length'] ?? '0'
  traffic.bytesReceived += response.encodedDataLength + Number(body)
}

/**
 * A service worker loads on its own account, and must not have a better line than its page: it has one
 * just as weak. It is held until that is so.
 */
async function slowWorkers(session: CDPSession, line: Line, traffic: Traffic): Promise<void> {
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    const orders = [
      ['Network.enable', {}],
      ['Network.emulateNetworkConditions', conditionsOf(line)],
      ['Runtime.runIfWaitingForDebugger', {}],
    ] as const
    for (const [id, [method, params]] of orders.entries()) {
      const message = JSON.stringify({ id, method, params })
      // A worker that has gone again needs no line.
      void session.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => {})
    }
  })
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { method, params } = JSON.parse(message) as Message
    if (method === 'Network.requestWillBeSent') traffic.requests += 1
    if (params?.response !== undefined && method === 'Network.responseReceived') {
      countResponse(params.response, traffic)
    }
  })
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: false,
  })
}

interface Message {
  readonly method?: string
  readonly params?: { readonly response?: Answer }
}
