import type { Bus } from '@songnhap/bus'
import {
  closed,
  Id,
  listBooks,
  listCampaigns,
  openBook,
  openCampaign,
  setDeadline,
} from '@songnhap/contracts'
import Type from 'typebox'
import { SUPERVISION } from '../admission.ts'
import { needShallow } from '../need-shallow.ts'
import type { TypedServer } from '../typed-server.ts'
import { refuseForm } from './forms.ts'

/** A form, and up to 10,000 declared pairs. Must fit into one message on the bus. */
const CAMPAIGN_BYTES_MAX = 900 * 1024

const ByCampaign = closed({ campaignId: Id })
const After = closed({ after: Type.Optional(Id) })
const NewBook = closed({
  bookId: Id,
  title: openBook.request.properties.title,
})
/**
 * Campaigns and their books. Ids come from the client, so that sending again is safe. Typists see none
 * of it: a campaign says who is paired with whom.
 */
export function addCampaignRoutes(server: TypedServer, bus: Bus): void {
  server.get(
    '/api/campaigns',
    {
      config: { access: SUPERVISION, summary: 'Lists all campaigns.' },
      schema: { response: { 200: listCampaigns.reply } },
    },
    async () => bus.ask(listCampaigns, {}),
  )

  server.post(
    '/api/campaigns',
    {
      config: {
        access: SUPERVISION,
        summary: 'Opens a campaign with its form, or by the name of a published one.',
        refuses: ['FORM_UNPUBLISHED', 'ALREADY_EXISTS', 'FORM_INVALID', 'FORM_CHANGED'],
      },
      bodyLimit: CAMPAIGN_BYTES_MAX,
      attachValidation: true,
      schema: { body: openCampaign.request, response: { 200: openCampaign.reply } },
    },
    async ({ body, validationError }) => {
      if (validationError === undefined) return bus.ask(openCampaign, body)
      const form: unknown = Reflect.get(Object(body), 'form')
      // A name of a form is short, and its own check says enough.
      if (!Object.hasOwn(Object(form), 'fields')) throw validationError
      needShallow(form)
      return await refuseForm(bus, form, validationError)
    },
  )

  server.put(
    '/api/campaigns/:campaignId/deadline',
    {
      config: {
        access: SUPERVISION,
        summary: 'Gives a campaign another deadline, or with null none.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        params: ByCampaign,
        body: closed({ deadline: setDeadline.request.properties.deadline }),
        response: { 200: setDeadline.reply },
      },
    },
    async ({ params, body }) => bus.ask(setDeadline, { ...body, ...params }),
  )

  addBookRoutes(server, bus)
}

function addBookRoutes(server: TypedServer, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/books',
    {
      config: {
        access: SUPERVISION,
        summary: 'Lists books of a campaign, going on after the last id.',
      },
      schema: { params: ByCampaign, querystring: After, response: { 200: listBooks.reply } },
    },
    async ({ params, query }) => bus.ask(listBooks, { ...params, ...query }),
  )

  server.post(
    '/api/campaigns/:campaignId/books',
    {
      config: {
        access: SUPERVISION,
        summary: 'Opens a book.',
        refuses: ['NOT_FOUND', 'ALREADY_EXISTS'],
      },
      schema: { params: ByCampaign, body: NewBook, response: { 200: openBook.reply } },
    },
    async ({ params, body }) => bus.ask(openBook, { ...body, ...params }),
  )
}
