import { type Person, Problem, type ProblemBody } from '@songnhap/contracts'
import { type Gateways, openGateways } from './gateways.ts'
import { openUpload } from './open-upload.ts'

const CALL_TIMEOUT_MS = 120_000
/**
 * Of an upload. The systems between here and there hold back up to 4 MB, which a line of 160 kbit/s
 * takes so long to let through.
 */
const STILL_MAX_MS = 200_000

/**
 * The gateway as one signed-in person reaches it. Refusals are thrown as Problem. One that cannot
 * be reached is UNAVAILABLE, and the next attempt goes to the next one.
 */
export interface Api {
  readonly gateways: Gateways
  readonly person: Person
  /** What a websocket of the same person sends along to this gateway. */
  headersFor(gatewayUrl: string): Readonly<Record<string, string>>
  get<T>(path: string): Promise<T>
  post<T>(path: string, body: unknown): Promise<T>
  put<T>(path: string, body: unknown): Promise<T>
  delete(path: string): Promise<void>
  /** Uploads files in one request, each as a part named by its file name. */
  upload<T>(path: string, files: readonly { name: string; file: Blob }[]): Promise<T>
  /** The bytes of a picture. */
  fetchBytes(path: string): Promise<Uint8Array>
  signOut(): Promise<void>
}

export async function signIn(
  at: string | Gateways,
  login: string,
  password: string,
  { stillMaxMs = STILL_MAX_MS } = {},
): Promise<Api> {
  const gateways = typeof at === 'string' ? openGateways([at]) : at
  const response = await call(gateways, '/api/session', (gatewayUrl) => ({
    method: 'POST',
    headers: { ...originOf(gatewayUrl), 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  }))
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const person = await answerOf<Person>(response)
  const headersFor = (gatewayUrl: string) => ({ ...originOf(gatewayUrl), cookie })
  const fetchAs = (path: string, init: RequestInit) =>
    call(gateways, path, (gatewayUrl) => ({
      ...init,
      headers: { ...headersFor(gatewayUrl), ...init.headers },
    }))
  const request = async <T>(path: string, init: RequestInit) =>
    answerOf<T>(await fetchAs(path, init))

  return {
    gateways,
    person,
    headersFor,
    get: (path) => request(path, {}),
    post: (path, body) => request(path, withJson('POST', body)),
    put: (path, body) => request(path, withJson('PUT', body)),
    delete: (path) => request(path, { method: 'DELETE' }),
    async upload<T>(path: string, files: readonly { name: string; file: Blob }[]) {
      const form = new FormData()
      for (const { name, file } of files) form.append('files', file, name)
      const { init, end } = openUpload(form, stillMaxMs)
      return await request<T>(path, init).finally(end)
    },
    async fetchBytes(path) {
      const picture = await fetchAs(path, {})
      if (!picture.ok) await answerOf(picture)
      return picture.bytes()
    },
    signOut: () => request('/api/session', { method: 'DELETE' }),
  }
}

function withJson(method: 'POST' | 'PUT', body: unknown): RequestInit {
  return {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

/** Gateways ask of whatever changes something that it comes from a page of theirs. */
function originOf(gatewayUrl: string): { origin: string } {
  return { origin: new URL(gatewayUrl).origin }
}

/** A connection that could not be made or was cut is the same to the caller: try again. */
async function call(
  gateways: Gateways,
  path: string,
  initFor: (gatewayUrl: string) => RequestInit,
): Promise<Response> {
  const gatewayUrl = gateways.current
  try {
    return await fetch(new URL(path, gatewayUrl), {
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      ...initFor(gatewayUrl),
    })
  } catch (error) {
    gateways.leave(gatewayUrl)
    throw new Problem('UNAVAILABLE', [], { cause: error })
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  const text = await response.text().catch((cause: unknown) => {
    throw new Problem('UNAVAILABLE', [], { cause })
  })
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T
  throw Problem.from(problemBodyOf(text, response.status))
}

/** Whatever stands between us and the gateway may answer in its own way. */
function problemBodyOf(text: string, status: number): ProblemBody {
  const unavailable = new Problem('UNAVAILABLE', [`HTTP status ${status}`]).toBody()
  try {
    const body: unknown = JSON.parse(text)
    return isProblemBody(body) ? body : unavailable
  } catch {
    return unavailable
  }
}

function isProblemBody(body: unknown): body is ProblemBody {
  return (
    typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
  )
}
