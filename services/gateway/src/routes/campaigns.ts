import type { Bus } from '@songnhap/bus'
import {
  changeCampaignForm,
  closed,
  Id,
  listBooks,
  listCampaigns,
  openBook,
  openCampaign,
  setBookLayouts,
  setDeadline,
  setPagesAhead,
} from '@songnhap/contracts'
import Type from 'typebox'
import { personOf, SUPERVISION } from '../admission.ts'
import { needShallow } from '../need-shallow.ts'
import type { TypedServer } from '../typed-server.ts'
import { refuseForm } from './forms.ts'

/** A form, and up to 10,000 declared pairs. Must fit into one message on the bus. */
const CAMPAIGN_BYTES_MAX = 900 * 1024

const ByCampaign = closed({ campaignId: Id })
const ByBook = closed({ bookId: Id })
const After = closed({ after: Type.Optional(Id) })
const NewBook = closed({
  bookId: Id,
  title: openBook.request.properties.title,
  layouts: openBook.request.properties.layouts,
})
const NewLayouts = closed({ layouts: setBookLayouts.request.properties.layouts })
const ChangedForm = closed({ form: changeCampaignForm.request.properties.form })

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
      return await refuseFormOf(bus, body, validationError)
    },
  )

  addFormRoute(server, bus)

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

  server.put(
    '/api/campaigns/:campaignId/pages-ahead',
    {
      config: {
        access: SUPERVISION,
        summary:
          'Says how many pages typists hold ahead from now on; with null as the desk has it.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        params: ByCampaign,
        body: closed({ pagesAhead: setPagesAhead.request.properties.pagesAhead }),
        response: { 200: setPagesAhead.reply },
      },
    },
    async ({ params, body }) => bus.ask(setPagesAhead, { ...body, ...params }),
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
        refuses: ['NOT_FOUND', 'ALREADY_EXISTS', 'LAYOUT_UNKNOWN'],
      },
      schema: { params: ByCampaign, body: NewBook, response: { 200: openBook.reply } },
    },
    async ({ params, body }) => bus.ask(openBook, { ...body, ...params }),
  )

  server.put(
    '/api/books/:bookId/layouts',
    {
      config: {
        access: SUPERVISION,
        summary:
          "Shows a book's pages by other layouts of its form, by none, or with null by the first one.",
        refuses: ['NOT_FOUND', 'LAYOUT_UNKNOWN'],
      },
      schema: { params: ByBook, body: NewLayouts, response: { 200: setBookLayouts.reply } },
    },
    async (request) => {
      const { params, body } = request
      const done = await bus.ask(setBookLayouts, { ...params, ...body })
      request.log.info({ personId: personOf(request).personId, ...params }, 'layouts changed')
      return done
    },
  )
}

function addFormRoute(server: TypedServer, bus: Bus): void {
  server.put(
    '/api/campaigns/:campaignId/form',
    {
      config: {
        access: SUPERVISION,
        summary:
          'Lets a campaign go on with another version of its form, for what comes from now on.',
        refuses: ['NOT_FOUND', 'FORM_UNFIT', 'FORM_UNPUBLISHED', 'FORM_INVALID', 'FORM_CHANGED'],
      },
      bodyLimit: CAMPAIGN_BYTES_MAX,
      attachValidation: true,
      schema: {
        params: ByCampaign,
        body: ChangedForm,
        response: { 200: changeCampaignForm.reply },
      },
    },
    async (request) => {
      const { params, body, validationError } = request
      if (validationError !== undefined) return await refuseFormOf(bus, body, validationError)
      const { form } = await bus.ask(changeCampaignForm, { ...params, ...body })
      request.log.info({ personId: personOf(request).personId, ...params, ...form }, 'form changed')
      return { form }
    },
  )
}

/** Tells all that is wrong with the form of a body that breaks its contract. */
async function refuseFormOf(bus: Bus, body: unknown, validationError: Error): Promise<never> {
  const form: unknown = Reflect.get(Object(body), 'form')
  // A name of a form is short, and its own check says enough.
  if (!Object.hasOwn(Object(form), 'fields')) throw validationError
  needShallow(form)
  return await refuseForm(bus, form, validationError)
}
