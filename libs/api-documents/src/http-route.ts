import type { ProblemCode, Role } from '@songnhap/contracts'
import type { TSchema } from 'typebox'

/** What others must know of a route beside its schemas. */
export interface RouteWords {
  /** Anybody; anybody signed in; or those who have one of these roles. */
  readonly access: 'public' | 'signed-in' | readonly Role[]
  /** What it does, in one line. */
  readonly summary: string
  /** The kind of body it takes, or gives, where that is not JSON. */
  readonly takes?: 'multipart/form-data' | 'application/offset+octet-stream' | undefined
  readonly gives?: 'image/*' | 'text/html' | 'application/pdf' | undefined
  /** Why it may refuse, beside what any route of its kind may say. */
  readonly refuses?: readonly ProblemCode[] | undefined
}

/** A route of the HTTP API as it is registered, `url` with `:names`. */
export interface HttpRoute extends RouteWords {
  readonly method: string
  readonly url: string
  readonly isWebsocket: boolean
  readonly params?: TSchema | undefined
  readonly query?: TSchema | undefined
  readonly body?: TSchema | undefined
  /** By status. */
  readonly answers: Readonly<Record<string, TSchema>>
}
