import {
  ChangedPassword,
  closed,
  DeskHere,
  DeskSeat,
  KeepingKey,
  LessonsDone,
  Problem,
  SignedIn,
  SignIn,
} from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import { keepingKeyOf, keepLessonsDone, lessonsDoneBy } from '../accounts.ts'
import { clearSessionCookie, personOf, sessionOf, setSessionCookie } from '../admission.ts'
import { sitDown, standUp } from '../desks.ts'
import type { DB } from '../schema.gen.ts'
import type { Sessions } from '../sessions.ts'
import { changePassword, signedIn, signIn } from '../sign-in.ts'
import type { TypedServer } from '../typed-server.ts'

const ATTEMPTS_WINDOW_MS = 60_000

export function addSessionRoutes(
  server: TypedServer,
  db: Kysely<DB>,
  sessions: Sessions,
  attemptsMax: number,
): void {
  server.post(
    '/api/session',
    {
      config: {
        access: 'public',
        summary: 'Signs in.',
        refuses: ['SIGN_IN_FAILED', 'TOO_MANY_ATTEMPTS'],
        rateLimit: { max: attemptsMax, timeWindow: ATTEMPTS_WINDOW_MS },
      },
      schema: { body: SignIn, response: { 200: SignedIn } },
    },
    async ({ body }, reply) => {
      const outcome = await signIn(db, body.login, body.password)
      switch (outcome.kind) {
        case 'signed in':
          setSessionCookie(reply, await sessions.begin(outcome.person.personId))
          return outcome.person
        case 'throttled':
          reply.header('retry-after', outcome.waitSeconds)
          throw new Problem('TOO_MANY_ATTEMPTS')
        case 'failed':
          throw new Problem('SIGN_IN_FAILED')
      }
    },
  )

  server.get(
    '/api/session',
    {
      config: { access: 'signed-in', beforeChange: true, summary: 'Says who is signed in.' },
      schema: { response: { 200: SignedIn } },
    },
    async (request) => {
      const { person, mustChangePassword } = sessionOf(request)
      return signedIn(person, mustChangePassword)
    },
  )

  server.get(
    '/api/session/keeping-key',
    {
      config: {
        access: 'signed-in',
        beforeChange: true,
        summary: 'Gives the key with which a browser seals what the person keeps on a computer.',
      },
      schema: { response: { 200: KeepingKey } },
    },
    async (request) => ({ keepingKey: await keepingKeyOf(db, personOf(request).personId) }),
  )

  addTypistRoutes(server, db)
  addPasswordRoute(server, db)
  addSignOutRoute(server, db, sessions)
}

function addSignOutRoute(server: TypedServer, db: Kysely<DB>, sessions: Sessions): void {
  server.delete(
    '/api/session',
    {
      config: { access: 'signed-in', beforeChange: true, summary: 'Signs out.' },
      schema: { response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const session = sessionOf(request)
      await standUp(db, session.person.personId)
      await sessions.end(session)
      clearSessionCookie(reply)
      return reply.code(204).send(null)
    },
  )
}

function addPasswordRoute(server: TypedServer, db: Kysely<DB>): void {
  server.post(
    '/api/me/password',
    {
      config: {
        access: 'signed-in',
        beforeChange: true,
        summary: 'Changes the own password, which ends the own sessions elsewhere.',
        refuses: ['PASSWORD_WRONG', 'PASSWORD_UNCHANGED', 'TOO_MANY_ATTEMPTS'],
      },
      schema: { body: ChangedPassword, response: { 200: closed({}) } },
    },
    async (request, reply) => {
      const outcome = await changePassword(db, sessionOf(request), request.body)
      if (outcome.kind === 'changed') return {}
      reply.header('retry-after', outcome.waitSeconds)
      throw new Problem('TOO_MANY_ATTEMPTS')
    },
  )
}

function addTypistRoutes(server: TypedServer, db: Kysely<DB>): void {
  server.post(
    '/api/session/desk',
    {
      config: {
        access: ['typist'],
        summary: 'Says that the person types at this computer, and learns whether at another one.',
      },
      schema: { body: DeskSeat, response: { 200: DeskHere } },
    },
    async (request) => ({ isHere: await sitDown(db, personOf(request).personId, request.body) }),
  )

  server.get(
    '/api/session/lessons',
    {
      config: {
        access: ['typist'],
        summary: 'Says how far the person has come in the lessons of the first day.',
      },
      schema: { response: { 200: LessonsDone } },
    },
    async (request) => ({ lessonsDone: await lessonsDoneBy(db, personOf(request).personId) }),
  )

  server.post(
    '/api/session/lessons',
    {
      config: {
        access: ['typist'],
        summary: 'Remembers how far the person has come in the lessons of the first day.',
      },
      schema: { body: LessonsDone, response: { 200: LessonsDone } },
    },
    async (request) => {
      await keepLessonsDone(db, personOf(request).personId, request.body.lessonsDone)
      return request.body
    },
  )
}
