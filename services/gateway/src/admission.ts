/**
 * Who may call what. Each route under /api says so in its `config.access`, and a route that does
 * not cannot be registered.
 */
import { type Person, Problem, type Role, SESSION_COOKIE } from '@songnhap/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Session, Sessions } from './sessions.ts'
import type { TypedServer } from './typed-server.ts'

/** Anybody; anybody signed in; or those who have one of these roles. */
export type Access = 'public' | 'signed-in' | readonly Role[]

export const SUPERVISION: Access = ['supervisor', 'administrator']

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** Open to who must change the password first, too. */
    beforeChange?: true
  }
  interface FastifyRequest {
    session: Session | null
  }
}

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** `__Host-`: browsers take it only with exactly these, so no other host or path can set it. */
const COOKIE_ATTRIBUTES = { secure: true, httpOnly: true, sameSite: 'strict', path: '/' } as const

export function guardRoutes(
  server: TypedServer,
  sessions: Sessions,
  origins: readonly string[],
): void {
  server.decorateRequest('session', null)
  server.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith('/api/') && config?.access === undefined) {
      throw new TypeError(`${url} does not say who may call it`)
    }
  })
  server.addHook('onRequest', async (request, reply) => {
    // On a shared computer the next person must not find it in the browser's cache.
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    refuseForeignOrigin(request, origins)
    await admit(request, sessions)
  })
}

/** Behind an `onRequest` hook that let in nobody without a session. */
export function sessionOf({ session }: FastifyRequest): Session {
  if (session === null) throw new Problem('NOT_SIGNED_IN')
  return session
}

export function personOf(request: FastifyRequest): Person {
  return sessionOf(request).person
}

export function setSessionCookie(reply: FastifyReply, token: string): void {
  reply.setCookie(SESSION_COOKIE, token, COOKIE_ATTRIBUTES)
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, COOKIE_ATTRIBUTES)
}

/** What changes something, and every websocket, must come from a page of ours. */
function refuseForeignOrigin(request: FastifyRequest, origins: readonly string[]): void {
  if (READING.has(request.method) && !request.ws) return
  const { origin } = request.headers
  if (origin === undefined || !origins.includes(origin)) throw new Problem('FOREIGN_ORIGIN')
}

async function admit(request: FastifyRequest, sessions: Sessions): Promise<void> {
  const { access = 'public', beforeChange = false } = request.routeOptions.config
  if (access === 'public') return
  const token = request.cookies[SESSION_COOKIE]
  const session = token === undefined ? undefined : await sessions.use(token)
  if (session === undefined) throw new Problem('NOT_SIGNED_IN')
  if (access !== 'signed-in' && !session.person.roles.some((role) => access.includes(role))) {
    throw new Problem('NOT_ALLOWED')
  }
  if (session.mustChangePassword && !beforeChange) throw new Problem('PASSWORD_TO_CHANGE')
  request.session = session
}
