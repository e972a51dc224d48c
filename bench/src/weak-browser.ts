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
  await slowWorkers(await browser.newBrowserCDPSession(), line)
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
  session.on('Network.responseReceived', ({ response }) => {
    if (response.fromDiskCache === true || response.fromServiceWorker === true) return
    // By what the answer says of itself: of intercepted requests only the heads are measured.
    const { 'content-length': body = '0' } = response.headers
    traffic.bytesReceived += response.encodedDataLength + Number(body)
  })
}

/** A service worker loads on its own account, and must not have a better line than its page. */
async function slowWorkers(browser: CDPSession, line: Line): Promise<void> {
  browser.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'service_worker') return
    const { targetId } = targetInfo
    void browser
      .send('Target.attachToTarget', { targetId, flatten: false })
      .then(({ sessionId }) =>
        browser.send('Target.sendMessageToTarget', {
          sessionId,
          message: JSON.stringify({
            id: 1,
            method: 'Network.emulateNetworkConditions',
            params: conditionsOf(line),
          }),
        }),
      )
      // A worker that has gone again needs no line.
      .catch(() => {})
  })
  await browser.send('Target.setDiscoverTargets', { discover: true })
}
