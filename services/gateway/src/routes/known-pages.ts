import type { Bus } from '@songnhap/bus'
import {
  closed,
  confirmKnownPage,
  findKnownPageImage,
  Id,
  ImageSize,
  KnownPage,
  KnownShares,
  listKnownPages,
  readKnownPage,
  readKnownShowings,
  retireKnownPage,
  setKnownShares,
} from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import { readNames } from '../accounts.ts'
import { type Access, personOf } from '../admission.ts'
import type { DB } from '../schema.gen.ts'
import { sendImage } from '../send-image.ts'
import type { TypedServer } from '../typed-server.ts'

/** Who stands for an answer signs with a name of his or her own; nobody else needs to know which pages these are. */
const SUPERVISORS: Access = ['supervisor']

const ByCampaign = closed({ campaignId: Id })
const ByPage = closed({ pageId: Id })
const NameOrNull = Type.Union([Type.String(), Type.Null()])
const NamedPage = closed({
  ...KnownPage.properties,
  /** To all people together. */
  shown: Type.Integer({ minimum: 0 }),
  /** Null: the account is gone. */
  names: Type.Array(NameOrNull),
})

/** Pages whose answer is known. None of it is for typists: to them there are no such pages. */
export function addKnownPageRoutes(
  server: TypedServer,
  db: Kysely<DB>,
  bus: Bus,
  images: ImageStore,
): void {
  addCampaignRoutes(server, db, bus)
  addLookRoutes(server, bus, images)
  addDecisionRoutes(server, bus)
}

function addCampaignRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/known-pages',
    {
      config: {
        access: SUPERVISORS,
        summary:
          'Lists the pages whose answer is known, how often each was shown, and what came of it.',
      },
      schema: {
        params: ByCampaign,
        response: { 200: closed({ shares: KnownShares, pages: Type.Array(NamedPage) }) },
      },
    },
    async ({ params }) => {
      const [{ pages }, { shares, showings }] = await Promise.all([
        bus.ask(listKnownPages, params),
        bus.ask(readKnownShowings, params),
      ])
      const shown = new Map(showings.map((one) => [one.pageId, one.shown]))
      const names = await readNames(db, [...new Set(pages.flatMap((page) => page.confirmedBy))])
      return {
        shares,
        pages: pages.map((page) => ({
          ...page,
          shown: shown.get(page.pageId) ?? 0,
          names: page.confirmedBy.map((personId) => names.get(personId) ?? null),
        })),
      }
    },
  )

  server.put(
    '/api/campaigns/:campaignId/known-shares',
    {
      config: {
        access: SUPERVISORS,
        summary: 'Says which part of the pages given from now on are to be known ones.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: ByCampaign, body: KnownShares, response: { 200: setKnownShares.reply } },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(setKnownShares, { ...request.params, ...request.body, personId })
    },
  )
}

function addLookRoutes(server: TypedServer, bus: Bus, images: ImageStore): void {
  server.get(
    '/api/books/:bookId/pages/:sequence/answer',
    {
      config: {
        access: SUPERVISORS,
        summary: 'Tells what is settled on a page, to be confirmed beside its image; it is logged.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        params: closed({ bookId: Id, sequence: Type.String({ pattern: '^[1-9]\\d{0,8}$' }) }),
        response: { 200: readKnownPage.reply },
      },
    },
    async (request) => {
      const { params } = request
      const { personId } = personOf(request)
      request.log.info({ personId, ...params }, 'a settled page was read')
      const asking = { ...params, sequence: Number(params.sequence), personId }
      return await bus.ask(readKnownPage, asking)
    },
  )

  server.get(
    '/api/known-pages/:pageId/image/:size',
    {
      config: {
        access: SUPERVISORS,
        summary: 'Shows the image of a settled page to whoever is to confirm its answer.',
        gives: 'image/*',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: closed({ ...ByPage.properties, size: ImageSize }) },
    },
    async (request, reply) => {
      const { pageId, size } = request.params
      request.log.info({ personId: personOf(request).personId, pageId }, 'a page was looked at')
      const { sha256 } = await bus.ask(findKnownPageImage, { pageId })
      return await sendImage(reply, images, sha256, size)
    },
  )
}

function addDecisionRoutes(server: TypedServer, bus: Bus): void {
  server.post(
    '/api/known-pages/:pageId/confirm',
    {
      config: {
        access: SUPERVISORS,
        summary:
          'Stands for every value of a page; the second supervisor makes it a known-answer page.',
        refuses: ['NOT_FOUND', 'KNOWN_PAGE_UNFIT'],
      },
      schema: {
        params: ByPage,
        body: closed({ revision: confirmKnownPage.request.properties.revision }),
        response: { 200: confirmKnownPage.reply },
      },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(confirmKnownPage, { ...request.params, ...request.body, personId })
    },
  )

  server.post(
    '/api/known-pages/:pageId/retire',
    {
      config: {
        access: SUPERVISORS,
        summary: 'Has a known-answer page shown no more, for ever.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: ByPage, response: { 200: retireKnownPage.reply } },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(retireKnownPage, { ...request.params, personId })
    },
  )
}
