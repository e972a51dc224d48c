import type { Bus } from '@songnhap/bus'
import {
  ArbiterFigures,
  closed,
  findChargeImage,
  Id,
  ImageSize,
  OperatorFigures,
  OperatorScope,
  type RequestOf,
  readField,
  readOperator,
  readOperators,
  readOwnAccuracy,
} from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import { readNames } from '../accounts.ts'
import { personOf, SUPERVISION } from '../admission.ts'
import type { DB } from '../schema.gen.ts'
import { sendImage } from '../send-image.ts'
import type { TypedServer } from '../typed-server.ts'

const { formName: _, campaignId: __, ...Days } = OperatorScope.properties
const { field, class: fieldClass } = readOperators.request.properties
const Narrow = { field, class: fieldClass }
const After = { after: Type.Optional(Id) }
const ByForm = { formName: Type.Required(OperatorScope).properties.formName }

/** The services count and know no names; null when the account is gone. */
const Named = { name: Type.Union([Type.String(), Type.Null()]) }
const NamedOperators = closed({
  ...readOperators.reply.properties,
  typists: Type.Array(closed({ ...OperatorFigures.properties, ...Named })),
  arbiters: Type.Array(closed({ ...ArbiterFigures.properties, ...Named })),
})
const NamedField = closed({
  ...readField.reply.properties,
  typists: Type.Array(closed({ ...readField.reply.properties.typists.items.properties, ...Named })),
})
const NamedOperator = closed({ ...readOperator.reply.properties, ...Named })

type Asked = OperatorScope & { after?: string }

/** How accurate people are: all of them for supervisors, and for everybody who keys what concerns him or her. */
export function addOperatorRoutes(
  server: TypedServer,
  db: Kysely<DB>,
  bus: Bus,
  images: ImageStore,
): void {
  addListRoutes(server, db, bus)
  addFieldRoutes(server, db, bus)
  addDetailRoutes(server, db, bus)
  addOwnRoutes(server, bus, images)
}

async function askOperators(db: Kysely<DB>, bus: Bus, asked: RequestOf<typeof readOperators>) {
  const answer = await bus.ask(readOperators, asked)
  const { typists, arbiters } = answer
  const names = await readNames(db, [
    ...typists.map(({ operatorId }) => operatorId),
    ...arbiters.map(({ arbiterId }) => arbiterId),
  ])
  const nameOf = (personId: string) => names.get(personId) ?? null
  return {
    ...answer,
    typists: typists.map((typist) => ({ ...typist, name: nameOf(typist.operatorId) })),
    arbiters: arbiters.map((arbiter) => ({ ...arbiter, name: nameOf(arbiter.arbiterId) })),
  }
}

async function askOperator(db: Kysely<DB>, bus: Bus, asked: Asked & { operatorId: string }) {
  const answer = await bus.ask(readOperator, asked)
  const names = await readNames(db, [asked.operatorId])
  return { ...answer, name: names.get(asked.operatorId) ?? null }
}

function addListRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/operators',
    {
      config: {
        access: SUPERVISION,
        summary: 'Tells how accurate the typists of a campaign are, and how its arbiters rule.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        params: closed({ campaignId: Id }),
        querystring: closed({ ...Days, ...Narrow, ...After }),
        response: { 200: NamedOperators },
      },
    },
    async ({ params, query }) => askOperators(db, bus, { ...params, ...query }),
  )

  server.get(
    '/api/operators',
    {
      config: {
        access: SUPERVISION,
        summary: 'Tells the same of all campaigns that are keyed by one form.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        querystring: closed({ ...ByForm, ...Days, ...Narrow, ...After }),
        response: { 200: NamedOperators },
      },
    },
    async ({ query }) => askOperators(db, bus, query),
  )
}

async function askField(db: Kysely<DB>, bus: Bus, asked: RequestOf<typeof readField>) {
  const answer = await bus.ask(readField, asked)
  const ids = answer.typists.map(({ operatorId }) => operatorId)
  const names = await readNames(db, ids)
  const typists = answer.typists.map((one) => ({ ...one, name: names.get(one.operatorId) ?? null }))
  return { ...answer, typists }
}

function addFieldRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  const Field = { field: readField.request.properties.field }
  server.get(
    '/api/campaigns/:campaignId/fields/:field',
    {
      config: {
        access: SUPERVISION,
        summary: 'Tells how accurately all typists of a campaign key one field.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        params: closed({ campaignId: Id, ...Field }),
        querystring: closed(Days),
        response: { 200: NamedField },
      },
    },
    async ({ params, query }) => askField(db, bus, { ...params, ...query }),
  )

  server.get(
    '/api/fields/:field',
    {
      config: {
        access: SUPERVISION,
        summary: 'Tells the same of all campaigns that are keyed by one form.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        params: closed(Field),
        querystring: closed({ ...ByForm, ...Days }),
        response: { 200: NamedField },
      },
    },
    async ({ params, query }) => askField(db, bus, { ...params, ...query }),
  )
}

function addDetailRoutes(server: TypedServer, db: Kysely<DB>, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/operators/:operatorId',
    {
      config: {
        access: SUPERVISION,
        summary: 'Tells all of one typist, with the errors themselves; reading them is logged.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        params: closed({ campaignId: Id, operatorId: Id }),
        querystring: closed({ ...Days, ...After }),
        response: { 200: NamedOperator },
      },
    },
    async (request) => {
      const { params, query } = request
      request.log.info({ personId: personOf(request).personId, ...params }, 'errors were read')
      return askOperator(db, bus, { ...params, ...query })
    },
  )

  server.get(
    '/api/operators/:operatorId',
    {
      config: {
        access: SUPERVISION,
        summary: 'Tells the same of all campaigns that are keyed by one form.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        params: closed({ operatorId: Id }),
        querystring: closed({ ...ByForm, ...Days, ...After }),
        response: { 200: NamedOperator },
      },
    },
    async (request) => {
      const { params, query } = request
      request.log.info({ personId: personOf(request).personId, ...params }, 'errors were read')
      return askOperator(db, bus, { ...params, ...query })
    },
  )
}

function addOwnRoutes(server: TypedServer, bus: Bus, images: ImageStore): void {
  server.get(
    '/api/me/accuracy',
    {
      config: {
        access: ['typist'],
        summary: 'Tells a typist the own figures and errors, of pages that are settled.',
      },
      schema: { querystring: closed(After), response: { 200: readOwnAccuracy.reply } },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(readOwnAccuracy, { ...request.query, personId })
    },
  )

  server.get(
    '/api/me/charges/:chargeId/image/:size',
    {
      config: {
        access: ['typist'],
        summary: 'Shows the page of an error to whoever made it.',
        gives: 'image/*',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: closed({ chargeId: Id, size: ImageSize }) },
    },
    async (request, reply) => {
      const { personId } = personOf(request)
      const { chargeId, size } = request.params
      const { sha256 } = await bus.ask(findChargeImage, { personId, chargeId })
      return await sendImage(reply, images, sha256, size)
    },
  )
}
