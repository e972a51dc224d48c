import type { Bus } from '@songnhap/bus'
import {
  applyFlips,
  auditCampaign,
  closed,
  FormDefinition,
  Id,
  KeyingProgress,
  listEntries,
  listFlips,
  listPages,
  listSettledRecords,
  listStuckArbitrations,
  listStuckKeying,
  readKeyingProgress,
  readSettlingProgress,
  SettlingProgress,
} from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import { readPeopleOf } from '../accounts.ts'
import { personOf, SUPERVISION } from '../admission.ts'
import type { DB } from '../schema.gen.ts'
import type { TypedServer } from '../typed-server.ts'

const ByCampaign = closed({ campaignId: Id })
const After = closed({ after: Type.Optional(Id) })

/** Pages that wait while nobody with an account may have them: to be keyed, or to be ruled on. */
const Stuck = closed({ keying: listStuckKeying.reply, arbitration: listStuckArbitrations.reply })
const Progress = closed({ keying: KeyingProgress, settling: SettlingProgress })

/** How a campaign goes. Every number here tells what people did, so typists never see one. */
export function addSupervisionRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  addListRoutes(server, bus)
  addStuckRoute(server, db, bus)
  addFigureRoutes(server, bus)
  addFlipRoutes(server, bus)
}

const ListFlips = closed({ form: Type.Optional(FormDefinition), after: Type.Optional(Id) })
const { formVersion, pages } = applyFlips.request.properties
const ApplyFlips = closed({ formVersion, pages })
/** Fifty long pages are compared for one answer. */
const FLIPS_TIMEOUT_MS = 30_000

function addFlipRoutes(server: TypedServer, bus: Bus): void {
  server.post(
    '/api/campaigns/:campaignId/flips',
    {
      config: {
        access: SUPERVISION,
        summary: 'Lists what comparing once more would change; changes nothing.',
        refuses: ['NOT_FOUND', 'FORM_UNFIT'],
      },
      schema: { params: ByCampaign, body: ListFlips, response: { 200: listFlips.reply } },
    },
    async ({ params, body }) => bus.ask(listFlips, { ...params, ...body }, FLIPS_TIMEOUT_MS),
  )

  server.post(
    '/api/campaigns/:campaignId/flips/apply',
    {
      config: {
        access: SUPERVISION,
        summary: 'Compares pages once more, if it changes exactly what was listed.',
        refuses: ['NOT_FOUND', 'FLIPS_CHANGED'],
      },
      schema: { params: ByCampaign, body: ApplyFlips, response: { 200: applyFlips.reply } },
    },
    async (request) => {
      const { params, body } = request
      request.log.info({ personId: personOf(request).personId, ...params }, 'compared once more')
      return await bus.ask(applyFlips, { ...params, ...body }, FLIPS_TIMEOUT_MS)
    },
  )
}

function addListRoutes(server: TypedServer, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/pages',
    {
      config: {
        access: SUPERVISION,
        summary: 'Lists pages of a campaign in order of arrival, going on after the last id.',
      },
      schema: { params: ByCampaign, querystring: After, response: { 200: listPages.reply } },
    },
    async ({ params, query }) => bus.ask(listPages, { ...params, ...query }),
  )

  server.get(
    '/api/campaigns/:campaignId/entries',
    {
      config: {
        access: SUPERVISION,
        summary: 'Lists which entries are stored, and nothing of what was typed.',
      },
      schema: { params: ByCampaign, querystring: After, response: { 200: listEntries.reply } },
    },
    async ({ params, query }) => bus.ask(listEntries, { ...params, ...query }),
  )

  server.get(
    '/api/campaigns/:campaignId/records',
    {
      config: { access: SUPERVISION, summary: 'Lists settled records; reading them is logged.' },
      schema: {
        params: ByCampaign,
        querystring: After,
        response: { 200: listSettledRecords.reply },
      },
    },
    async (request) => {
      const { params, query } = request
      request.log.info({ personId: personOf(request).personId, ...params }, 'records were read')
      return bus.ask(listSettledRecords, { ...params, ...query })
    },
  )
}

function addStuckRoute(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/stuck',
    {
      config: {
        access: SUPERVISION,
        summary: 'Pages that nobody with an account may key or rule on any more.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: ByCampaign, response: { 200: Stuck } },
    },
    async ({ params }) => {
      const [typists, arbiters, supervisors] = await Promise.all([
        readPeopleOf(db, 'typist'),
        readPeopleOf(db, 'arbiter'),
        readPeopleOf(db, 'supervisor'),
      ])
      const [keying, arbitration] = await Promise.all([
        bus.ask(listStuckKeying, { ...params, typists }),
        bus.ask(listStuckArbitrations, { ...params, arbiters, supervisors }),
      ])
      return { keying, arbitration }
    },
  )
}

function addFigureRoutes(server: TypedServer, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/progress',
    {
      config: { access: SUPERVISION, summary: 'Counts what was keyed and settled so far.' },
      schema: { params: ByCampaign, response: { 200: Progress } },
    },
    async ({ params }) => {
      const [keying, settling] = await Promise.all([
        bus.ask(readKeyingProgress, params),
        bus.ask(readSettlingProgress, params),
      ])
      return { keying, settling }
    },
  )

  server.get(
    '/api/campaigns/:campaignId/audit',
    {
      config: { access: SUPERVISION, summary: 'Counts broken promises; all must be 0.' },
      schema: { params: ByCampaign, response: { 200: auditCampaign.reply } },
    },
    async ({ params }) => bus.ask(auditCampaign, params),
  )
}
