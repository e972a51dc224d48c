import type { Bus } from '@songnhap/bus'
import {
  AuditTarget,
  askOverride,
  BookStanding,
  Certificate,
  closed,
  confirmOverride,
  exportAudit,
  freezeBook,
  Id,
  Override,
  type ProblemCode,
  readBook,
  readCertificate,
  readTargets,
  releaseBook,
  reworkBook,
  setTargets,
} from '@songnhap/contracts'
import type { FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import { readNames } from '../accounts.ts'
import { type Access, personOf, SUPERVISION } from '../admission.ts'
import { countBookPages } from '../count-book-pages.ts'
import type { DB } from '../schema.gen.ts'
import type { TypedServer } from '../typed-server.ts'

/** Who stands for a book signs with a name of his or her own. */
const SUPERVISORS: Access = ['supervisor']

/** Of a large book the draw takes a while. */
const DRAW_TIMEOUT_MS = 60_000

const ByBook = closed({ bookId: Id })
const ByCampaign = closed({ campaignId: Id })
const NameOrNull = Type.Union([Type.String(), Type.Null()])
/** The services know no names; null when the account is gone. */
const NamedStanding = closed({
  ...BookStanding.properties,
  overrides: Type.Array(closed({ ...Override.properties, askedByName: NameOrNull })),
})
const ByAudit = closed({ auditId: Id })
const Targets = closed({ targets: Type.Array(AuditTarget, { minItems: 1, maxItems: 3 }) })
const NOT_AUDITED: ProblemCode[] = ['BOOK_NOT_FROZEN', 'AUDIT_OPEN', 'BOOK_RELEASED']
const { least } = freezeBook.request.properties

/** Freezing books and auditing them. None of it is for typists: it tells what others did. */
export function addAuditRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  addBookRoutes(server, db, bus)
  addReleaseRoutes(server, bus)
  addTargetRoutes(server, bus)
  addExportRoutes(server, bus)
  addCertificateRoute(server, db, bus)
}

function addBookRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  server.get(
    '/api/books/:bookId',
    {
      config: {
        access: SUPERVISION,
        summary: 'How far a book is: what it lacks to be frozen, or how its audit goes.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: ByBook, response: { 200: NamedStanding } },
    },
    async ({ params }) => {
      const standing = await bus.ask(readBook, params)
      const { overrides } = standing
      const names = await readNames(
        db,
        overrides.map(({ askedBy }) => askedBy),
      )
      const named = (one: Override) => ({ ...one, askedByName: names.get(one.askedBy) ?? null })
      return { ...standing, overrides: overrides.map(named) }
    },
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
      const asking = { ...params, ...body, ...by(request), pages }
      return await bus.ask(freezeBook, asking, DRAW_TIMEOUT_MS)
    },
  )
}

function addReleaseRoutes(server: TypedServer, bus: Bus): void {
  server.post(
    '/api/books/:bookId/release',
    {
      config: {
        access: SUPERVISORS,
        summary:
          'Releases a book whose gate is open; otherwise says every number of what is missing.',
        refuses: ['NOT_FOUND', ...NOT_AUDITED, 'GATE_SHUT'],
      },
      schema: { params: ByBook, response: { 200: releaseBook.reply } },
    },
    async (request) => bus.ask(releaseBook, { ...request.params, ...by(request) }),
  )

  server.post(
    '/api/books/:bookId/overrides',
    {
      config: {
        access: SUPERVISORS,
        summary: 'Asks that a book be released although its gate is shut.',
        refuses: ['NOT_FOUND', ...NOT_AUDITED, 'GATE_OPEN'],
      },
      schema: {
        params: ByBook,
        body: closed({ reason: askOverride.request.properties.reason }),
        response: { 200: askOverride.reply },
      },
    },
    async (request) => bus.ask(askOverride, { ...request.params, ...request.body, ...by(request) }),
  )

  server.post(
    '/api/books/:bookId/overrides/:overrideId/confirm',
    {
      config: {
        access: SUPERVISORS,
        summary: 'Releases a book all the same; only somebody else than asked for it can.',
        refuses: ['NOT_FOUND', ...NOT_AUDITED, 'SECOND_SUPERVISOR'],
      },
      schema: {
        params: closed({ ...ByBook.properties, overrideId: Id }),
        response: { 200: confirmOverride.reply },
      },
    },
    async (request) => bus.ask(confirmOverride, { ...request.params, ...by(request) }),
  )

  server.post(
    '/api/books/:bookId/rework',
    {
      config: {
        access: SUPERVISORS,
        summary: 'Has fields keyed once more in every record of a book, by others.',
        refuses: ['NOT_FOUND', ...NOT_AUDITED, 'REWORK_NOTHING'],
      },
      schema: {
        params: ByBook,
        body: closed({ fields: reworkBook.request.properties.fields }),
        response: { 200: reworkBook.reply },
      },
    },
    async (request) => {
      const asking = { ...request.params, ...request.body, ...by(request) }
      return await bus.ask(reworkBook, asking, DRAW_TIMEOUT_MS)
    },
  )
}

function by(request: FastifyRequest): { personId: string } {
  return { personId: personOf(request).personId }
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
      return await bus.ask(setTargets, { ...params, ...body, ...by(request) })
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
        querystring: closed({ from: Type.Optional(Type.String({ pattern: '^\\d{1,9}$' })) }),
        response: { 200: exportAudit.reply },
      },
    },
    async ({ params, query: { from = '0' } }) =>
      bus.ask(exportAudit, { ...params, from: Number(from) }),
  )
}

/** Of whoever signed; null when the account is gone. */
const Signer = closed({ personId: Id, name: NameOrNull })
/** Named after its book; in the letters that headers have, as RFC 8187 writes the others. */
function certificateFile({ title }: Certificate): string {
  const name = encodeURIComponent(`${title.toWellFormed()}.pdf`).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="certificate.pdf"; filename*=UTF-8''${name}`
}

function addCertificateRoute(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  const refuses: ProblemCode[] = ['NOT_FOUND', 'BOOK_NOT_FROZEN', 'AUDIT_OPEN']
  server.get(
    '/api/books/:bookId/certificate',
    {
      config: {
        access: SUPERVISION,
        summary: 'What the release of a book rests on, with the names of those who signed.',
        refuses,
      },
      schema: {
        params: ByBook,
        response: { 200: closed({ certificate: Certificate, signers: Type.Array(Signer) }) },
      },
    },
    async ({ params }) => await readSigned(db, bus, params.bookId),
  )

  server.get(
    '/api/books/:bookId/certificate.pdf',
    {
      config: {
        access: SUPERVISION,
        summary: 'The same on paper, in Vietnamese and English.',
        gives: 'application/pdf',
        refuses,
      },
      schema: { params: ByBook },
    },
    async ({ params }, reply) => {
      const { certificate, signers } = await readSigned(db, bus, params.bookId)
      // What draws, and its letters, are large: they are there once somebody asks.
      const { drawCertificate } = await import('@songnhap/audits/draw-certificate')
      reply.type('application/pdf').header('content-disposition', certificateFile(certificate))
      return await reply.send(drawCertificate(certificate, signers))
    },
  )
}

async function readSigned(db: Kysely<DB>, bus: Bus, bookId: string) {
  const certificate = await bus.ask(readCertificate, { bookId })
  const { release } = certificate
  const ids = [release?.override?.askedBy, release?.releasedBy].filter((id) => id !== undefined)
  const names = await readNames(db, ids)
  const signers = ids.map((personId) => ({ personId, name: names.get(personId) ?? null }))
  return { certificate, signers }
}
