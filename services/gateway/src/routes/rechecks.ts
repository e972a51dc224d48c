import type { Bus } from '@songnhap/bus'
import {
  ArbiterChecks,
  closed,
  Id,
  listOwnAppeals,
  readAppeals,
  readArbiters,
  SubmitAppealBody,
  submitAppeal,
} from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import { readNames } from '../accounts.ts'
import { personOf, SUPERVISION } from '../admission.ts'
import type { DB } from '../schema.gen.ts'
import type { TypedServer } from '../typed-server.ts'

const ByCampaign = closed({ campaignId: Id })
/** The name is null when the account is gone. */
const Named = closed({
  ...ArbiterChecks.properties,
  name: Type.Union([Type.String(), Type.Null()]),
})

/** What comes of asking a ruling once more: for supervisors about arbiters, for typists about their own. */
export function addRecheckRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  addFigureRoutes(server, db, bus)
  addAppealRoutes(server, bus)
}

function addFigureRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/arbiters',
    {
      config: {
        access: SUPERVISION,
        summary:
          'Tells how well each arbiter rules: second arbitrations, audits, order bias, time a ruling.',
      },
      schema: { params: ByCampaign, response: { 200: closed({ arbiters: Type.Array(Named) }) } },
    },
    async ({ params }) => {
      const { arbiters } = await bus.ask(readArbiters, params)
      const names = await readNames(
        db,
        arbiters.map(({ arbiterId }) => arbiterId),
      )
      return {
        arbiters: arbiters.map((arbiter) => {
          return { ...arbiter, name: names.get(arbiter.arbiterId) ?? null }
        }),
      }
    },
  )

  server.get(
    '/api/campaigns/:campaignId/appeals',
    {
      config: {
        access: SUPERVISION,
        summary: 'Counts what became of appeals; they are no sample of rulings.',
      },
      schema: { params: ByCampaign, response: { 200: readAppeals.reply } },
    },
    async ({ params }) => bus.ask(readAppeals, params),
  )
}

function addAppealRoutes(server: TypedServer, bus: Bus): void {
  server.post(
    '/api/me/appeals',
    {
      config: {
        access: ['typist'],
        summary: 'Puts a ruling that counts against the person to a second arbiter, once.',
        refuses: ['NOT_FOUND', 'APPEAL_REFUSED', 'BOOK_FROZEN', 'ALREADY_EXISTS'],
      },
      schema: { body: SubmitAppealBody, response: { 200: submitAppeal.reply } },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(submitAppeal, { ...request.body, personId })
    },
  )

  server.get(
    '/api/me/appeals',
    {
      config: { access: ['typist'], summary: 'Lists the person’s own appeals, the latest first.' },
      schema: { response: { 200: listOwnAppeals.reply } },
    },
    async (request) => bus.ask(listOwnAppeals, { personId: personOf(request).personId }),
  )
}
