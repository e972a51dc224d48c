import type { Bilingual } from '@songnhap/contracts'

interface Refused {
  readonly is: 'refused'
  readonly status: number
  readonly code: string
  readonly message: Bilingual
  readonly details: readonly string[]
}

/** What came of a call. `unreachable`: no answer of ours came back; it may be tried again. */
export type Answer<T> =
  | { readonly is: 'ok'; readonly body: T; readonly serverTime: number | undefined }
  | Refused
  | { readonly is: 'unreachable' }

/** A page of 60 records at 8 kbit/s. */
const CALL_MAX_MS = 90_000
/** An image may be long on its way, as long as something of it comes. */
const STILL_MAX_MS = 60_000
const AGAIN_AFTER_MS = 500

export type Call = <T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
  /** Where somebody waits before the screen. */
  maxMs?: number,
) => Promise<Answer<T>>

/** Calls the gateway that the app came from. */
export const call: Call = async <T>(
  method: string,
  path: string,
  body?: unknown,
  maxMs = CALL_MAX_MS,
) => {
  const response = await request(path, {
    method,
    signal: AbortSignal.timeout(maxMs),
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  if (response === undefined) return { is: 'unreachable' }
  const text = await response.text().catch(() => undefined)
  if (text === undefined) return { is: 'unreachable' }
  if (!response.ok) return refusalOf(response.status, text)
  const serverTime = Date.parse(response.headers.get('date') ?? '')
  return {
    is: 'ok',
    body: (text === '' ? undefined : JSON.parse(text)) as T,
    serverTime: Number.isNaN(serverTime) ? undefined : serverTime,
  }
}

/** Asked once more where the first request was lost: for what may be asked twice. */
export const callTwice: Call = async <T>(...args: Parameters<Call>) => {
  const answer = await call<T>(...args)
  if (answer.is !== 'unreachable' || !navigator.onLine) return answer
  await new Promise((go) => setTimeout(go, AGAIN_AFTER_MS))
  return await call<T>(...args)
}

/** The bytes of an image; tells which share of them has come. */
export async function fetchImage(
  path: string,
  tell: (share: number) => void,
): Promise<Answer<Uint8Array<ArrayBuffer>>> {
  const still = new AbortController()
  let timer = setTimeout(() => still.abort(), STILL_MAX_MS)
  try {
    const response = await request(path, { signal: still.signal })
    if (response === undefined) return { is: 'unreachable' }
    if (!response.ok) return refusalOf(response.status, await response.text().catch(() => ''))
    const length = Number(response.headers.get('content-length') ?? 0)
    const chunks: Uint8Array<ArrayBuffer>[] = []
    let come = 0
    for await (const chunk of chunksOf(response)) {
      clearTimeout(timer)
      timer = setTimeout(() => still.abort(), STILL_MAX_MS)
      chunks.push(chunk)
      come += chunk.length
      if (length > 0) tell(come / length)
    }
    const body = new Uint8Array(await new Blob(chunks).arrayBuffer())
    return length > 0 && body.length !== length
      ? { is: 'unreachable' }
      : { is: 'ok', body, serverTime: undefined }
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return { is: 'unreachable' }
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** A line that was cut, or was silent for too long, is told from a fault of our own. */
async function request(path: string, init: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(path, { cache: 'no-store', credentials: 'same-origin', ...init })
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return undefined
    throw error
  }
}

/** Chromium before 124 cannot iterate over a body. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value as Uint8Array<ArrayBuffer>
  }
}

/** Whatever stands between us and the gateway may answer in its own way: that is nobody's refusal. */
function refusalOf(status: number, text: string): Answer<never> {
  try {
    const body: unknown = JSON.parse(text)
    if (isProblem(body)) return { is: 'refused', status, details: [], ...body }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return { is: 'unreachable' }
}

function isProblem(body: unknown): body is Pick<Refused, 'code' | 'message'> {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body
}
