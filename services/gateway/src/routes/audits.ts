import type { Bus } from '@songnhap/bus'
import {
  AuditTarget,
  closed,
  exportAudit,
  freezeBook,
  Id,
  readBook,
  readTargets,
  setTargets,
} from '@songnhap/contracts'
import Type from 'typebox'
import { type Access, personOf, SUPERVISION } from '../admission.ts'
import { countBookPages } from '../count-book-pages.ts'
import type { TypedServer } from '../typed-server.ts'

/** Who stands for a book signs with a name of his or her own. */
const SUPERVISORS: Access = ['supervisor']

const ByBook = closed({ bookId: Id })
const ByCampaign = closed({ campaignId: Id })
const ByAudit = closed({ auditId: Id })
const Targets = closed({ targets: Type.Array(AuditTarget, { minItems: 1, maxItems: 3 }) })
const { least } = freezeBook.request.properties

/** Freezing books and auditing them. None of it is for typists: it tells what others did. */
export function addAuditRoutes(server: TypedServer, bus: Bus): void {
  addBookRoutes(server, bus)
  addTargetRoutes(server, bus)
  addExportRoutes(server, bus)
}

function addBookRoutes(server: TypedServer, bus: Bus): void {
  server.get(
    '/api/books/:bookId',
    {
      config: {
        access: SUPERVISION,
        summary: 'How far a book is: what it lacks to be frozen, or how its audit goes.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: ByBook, response: { 200: readBook.reply } },
    },
    async ({ params }) => bus.ask(readBook, params),
  )

  server.post(
    '/api/books/:bookId/freeze',
    {
      config: {
        access: SUPERVISORS,
        summary: 'Freezes a settled book and draws what is keyed a third time.',
        refuses: ['NOT_FOUND', 'BOOK_NOT_SETTLED', 'BOOK_FROZEN'],
      },
      schema: { params: ByBook, body: closed({ least }), response: { 200: freezeBook.reply } },
    },
    async (request) => {
      const { params, body } = request
      const pages = await countBookPages(bus, params.bookId)
      return await bus.ask(freezeBook, {
        ...params,
        ...body,
        personId: personOf(request).personId,
        pages,
      })
    },
  )
}

function addTargetRoutes(server: TypedServer, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/targets',
    {
      config: {
        access: SUPERVISION,
        summary: 'Errors in 10,000 fields of each class that are not to be exceeded.',
      },
      schema: { params: ByCampaign, response: { 200: readTargets.reply } },
    },
    async ({ params }) => bus.ask(readTargets, params),
  )

  server.put(
    '/api/campaigns/:campaignId/targets',
    {
      config: {
        access: SUPERVISORS,
        summary: 'Sets such targets, for books that are frozen from now on.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: ByCampaign, body: Targets, response: { 200: setTargets.reply } },
    },
    async (request) => {
      const { params, body } = request
      const { personId } = personOf(request)
      return await bus.ask(setTargets, { ...params, ...body, personId })
    },
  )
}

function addExportRoutes(server: TypedServer, bus: Bus): void {
  server.get(
    '/api/audits/:auditId/:part',
    {
      config: {
        access: SUPERVISION,
        summary:
          'Of an audit that has ended, what its draw and figures can be recomputed from; no values.',
        refuses: ['NOT_FOUND', 'AUDIT_OPEN'],
      },
      schema: {
        params: closed({ ...ByAudit.properties, part: exportAudit.request.properties.part }),
        querystring: closed({ from: Type.Optional(Type.Integer({ minimum: 0 })) }),
        response: { 200: exportAudit.reply },
      },
    },
    async ({ params, query: { from = 0 } }) => bus.ask(exportAudit, { ...params, from }),
  )
}
