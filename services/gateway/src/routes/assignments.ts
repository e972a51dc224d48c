import type { Bus } from '@songnhap/bus'
import {
  ArbitrationAssignment,
  closed,
  Id,
  ImageSize,
  Moment,
  ROLES,
  SkipBody,
  SubmitEntryBody,
  SubmitRulingsBody,
  showEntries,
  skipPage,
  submitEntry,
  submitRulings,
  TakeWork,
  TypingAssignment,
} from '@songnhap/contracts'
import type { ImageStore } from '@songnhap/images'
import Type from 'typebox'
import { type Access, personOf } from '../admission.ts'
import { sendImage } from '../send-image.ts'
import type { TypedServer } from '../typed-server.ts'
import { askHolder, FIND_IMAGE, RELEASE, RENEW, takeWork } from '../work.ts'

const WORKING: Access = ROLES.filter((role) => role !== 'administrator')

const ByLease = closed({ leaseToken: Id })
const Taken = closed({
  assignments: Type.Array(Type.Union([TypingAssignment, ArbitrationAssignment])),
})

/** All that the websocket can do, for clients that have none. */
export function addAssignmentRoutes(server: TypedServer, bus: Bus, images: ImageStore): void {
  server.post(
    '/api/assignments/take',
    {
      config: {
        access: WORKING,
        summary: 'Gives everything that the person holds, filled up to a capacity.',
      },
      schema: { body: TakeWork, response: { 200: Taken } },
    },
    async (request) => {
      const { work, capacity } = request.body
      return { assignments: [...(await takeWork(bus, personOf(request), work, capacity))] }
    },
  )

  server.post(
    '/api/entries',
    {
      config: {
        access: ['typist'],
        summary: 'Stores an entry, once an entry id.',
        refuses: ['LEASE_ENDED', 'ENTRY_INVALID', 'ENTRY_ID_TAKEN'],
      },
      schema: { body: SubmitEntryBody, response: { 200: closed({ entryId: Id }) } },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(submitEntry, { ...request.body, personId, capacity: 0 })
    },
  )

  addRulingRoutes(server, bus)
  addLeaseRoutes(server, bus)
  addImageRoute(server, bus, images)
}

function addRulingRoutes(server: TypedServer, bus: Bus): void {
  server.post(
    '/api/rulings',
    {
      config: {
        access: ['arbiter', 'supervisor'],
        summary: 'Stores rulings, once a submission id.',
        refuses: ['LEASE_ENDED', 'RULING_INVALID', 'RULED_ALREADY', 'ALREADY_EXISTS'],
      },
      schema: { body: SubmitRulingsBody, response: { 200: submitRulings.reply } },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(submitRulings, { ...request.body, personId })
    },
  )

  server.get(
    '/api/assignments/:leaseToken/entries',
    {
      config: {
        access: ['arbiter', 'supervisor'],
        summary: 'Shows both entries of an arbitration, and how their records are paired.',
        refuses: ['LEASE_ENDED'],
      },
      schema: { params: ByLease, response: { 200: showEntries.reply } },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(showEntries, { ...request.params, personId })
    },
  )
}

function addLeaseRoutes(server: TypedServer, bus: Bus): void {
  server.post(
    '/api/assignments/:leaseToken/renew',
    {
      config: { access: WORKING, summary: 'Makes a lease last longer.', refuses: ['LEASE_ENDED'] },
      schema: { params: ByLease, response: { 200: closed({ expiresAt: Moment }) } },
    },
    async (request) => askHolder(bus, personOf(request), RENEW, request.params.leaseToken),
  )

  server.post(
    '/api/assignments/:leaseToken/release',
    {
      config: {
        access: WORKING,
        summary: 'Hands a page back; it may come again.',
        refuses: ['LEASE_ENDED'],
      },
      schema: { params: ByLease, response: { 200: closed({}) } },
    },
    async (request) => askHolder(bus, personOf(request), RELEASE, request.params.leaseToken),
  )

  server.post(
    '/api/assignments/:leaseToken/skip',
    {
      config: {
        access: ['typist'],
        summary: 'Hands a page back for a reason; it does not come again.',
        refuses: ['LEASE_ENDED'],
      },
      schema: { params: ByLease, body: SkipBody, response: { 200: closed({}) } },
    },
    async (request) => {
      const { personId } = personOf(request)
      return await bus.ask(skipPage, { ...request.body, ...request.params, personId })
    },
  )
}

function addImageRoute(server: TypedServer, bus: Bus, images: ImageStore): void {
  server.get(
    '/api/assignments/:leaseToken/image/:size',
    {
      config: {
        access: WORKING,
        summary: 'Shows the page to the holder of its lease.',
        gives: 'image/*',
        refuses: ['LEASE_ENDED', 'NOT_FOUND'],
      },
      schema: { params: closed({ leaseToken: Id, size: ImageSize }) },
    },
    async (request, reply) => {
      const { leaseToken, size } = request.params
      const { sha256 } = await askHolder(bus, personOf(request), FIND_IMAGE, leaseToken)
      return await sendImage(reply, images, sha256, size)
    },
  )
}
