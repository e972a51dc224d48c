import type { Bus } from '@songnhap/bus'
import {
  Account,
  closed,
  GivenPassword,
  Id,
  NewAccount,
  Person,
  Problem,
  type Role,
  takeBackArbitrations,
  takeBackAssignments,
} from '@songnhap/contracts'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import {
  barAccount,
  createAccount,
  isSupervised,
  listAccounts,
  setPassword,
  setRoles,
} from '../accounts.ts'
import { type Access, personOf, SUPERVISION } from '../admission.ts'
import { problemOf } from '../answer-problem.ts'
import type { DB } from '../schema.gen.ts'
import type { TypedServer } from '../typed-server.ts'

const ADMINISTRATION: Access = ['administrator']

function isAdministrator(request: FastifyRequest): boolean {
  return personOf(request).roles.includes('administrator')
}

export function addAccountRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  server.post(
    '/api/accounts',
    {
      config: { access: ADMINISTRATION, summary: 'Makes an account.', refuses: ['LOGIN_TAKEN'] },
      schema: { body: NewAccount, response: { 201: Person } },
    },
    async ({ body }, reply) => reply.code(201).send(await createAccount(db, body)),
  )

  server.get(
    '/api/accounts',
    {
      config: {
        access: SUPERVISION,
        summary: 'Lists all accounts; for supervisors those of typists and arbiters.',
      },
      schema: { response: { 200: closed({ accounts: Type.Array(Account) }) } },
    },
    async (request) => {
      const accounts = await listAccounts(db)
      return { accounts: isAdministrator(request) ? accounts : accounts.filter(isSupervised) }
    },
  )

  addChangeRoutes(server, db, bus)
  addTakeBackRoute(server, bus)
}

/** Said again they change nothing. */
function addChangeRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  const params = closed({ personId: Id })
  const response = { 200: closed({}) }

  server.put(
    '/api/accounts/:personId/password',
    {
      config: {
        access: SUPERVISION,
        summary:
          'Gives an account a new password, which ends its sessions; supervisors may for typists and arbiters, ' +
          'who must change it then.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params, body: GivenPassword, response },
    },
    async (request) => {
      const { params, body, log } = request
      const { personId } = params
      if (isAdministrator(request)) await setPassword(db, personId, body)
      else await setPassword(db, personId, { ...body, mustChange: true }, 'supervised')
      log.info({ personId: personOf(request).personId, of: personId }, 'password set')
      return {}
    },
  )

  server.put(
    '/api/accounts/:personId/roles',
    {
      config: {
        access: ADMINISTRATION,
        summary: 'Says what an account may do from now on.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params, body: closed({ roles: Person.properties.roles }), response },
    },
    async (request) => {
      const { personId } = request.params
      const { roles } = request.body
      // As with barring: somebody must be left who can let others in.
      const isOwn = personId === personOf(request).personId
      if (isOwn && !roles.includes('administrator')) throw new Problem('NOT_ALLOWED')
      await setRoles(db, personId, roles)
      if (!roles.includes('typist') || !rulesAtAll(roles)) await takeBackIfCan(bus, request, roles)
      return {}
    },
  )

  server.put(
    '/api/accounts/:personId/barred',
    {
      config: {
        access: ADMINISTRATION,
        summary: 'Bars an account, or lets it in again.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params, body: closed({ barred: Type.Boolean() }), response },
    },
    async (request) => {
      const { personId } = request.params
      // Else the last administrator could lock everybody out.
      if (personId === personOf(request).personId) throw new Problem('NOT_ALLOWED')
      await barAccount(db, personId, request.body.barred)
      if (request.body.barred) await takeBackIfCan(bus, request, [])
      return {}
    },
  )
}

function rulesAtAll(roles: readonly Role[]): boolean {
  return roles.includes('arbiter') || roles.includes('supervisor')
}

/** What the person held and may do no longer, by the roles that are left. */
async function takeBack(bus: Bus, personId: string, left: readonly Role[]): Promise<number> {
  const answers = await Promise.all([
    ...(left.includes('typist') ? [] : [bus.ask(takeBackAssignments, { personId })]),
    ...(rulesAtAll(left) ? [] : [bus.ask(takeBackArbitrations, { personId })]),
  ])
  return answers.reduce((sum, { pages }) => sum + pages, 0)
}

/** Nobody stays in because a service is away: then what is held runs out, or is taken back later. */
async function takeBackIfCan(
  bus: Bus,
  { params, log }: FastifyRequest<{ Params: { personId: string } }>,
  left: readonly Role[],
): Promise<void> {
  try {
    await takeBack(bus, params.personId, left)
  } catch (err) {
    if (problemOf(err).code !== 'UNAVAILABLE') throw err
    log.warn({ err, of: params.personId }, 'what is held could not be taken back')
  }
}

/** For whoever is away while others wait: pages in store are held for long. */
function addTakeBackRoute(server: TypedServer, bus: Bus): void {
  server.post(
    '/api/people/:personId/take-back',
    {
      config: {
        access: SUPERVISION,
        summary:
          'Ends what somebody holds, so that others get it; what is sent for it later is a spare reading.',
      },
      schema: {
        params: closed({ personId: Id }),
        body: closed({}),
        response: { 200: closed({ pages: Type.Integer({ minimum: 0 }) }) },
      },
    },
    async (request) => {
      const { personId } = request.params
      const pages = await takeBack(bus, personId, [])
      request.log.info({ personId: personOf(request).personId, of: personId, pages }, 'taken back')
      return { pages }
    },
  )
}
