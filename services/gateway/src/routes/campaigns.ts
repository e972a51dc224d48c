import type { Bus } from '@songnhap/bus'
import {
  closed,
  FormReference,
  Id,
  listBooks,
  listCampaigns,
  openBook,
  openCampaign,
  readForm,
} from '@songnhap/contracts'
import Type from 'typebox'
import { SUPERVISION } from '../admission.ts'
import type { TypedServer } from '../typed-server.ts'

/** A form, and up to 10,000 declared pairs. Must fit into one message on the bus. */
const CAMPAIGN_BYTES_MAX = 900 * 1024

const ByCampaign = closed({ campaignId: Id })
const After = closed({ after: Type.Optional(Id) })
const NewBook = closed({
  bookId: Id,
  title: openBook.request.properties.title,
})
/** As text in a URL; versions go up to a million. */
const FormPath = closed({
  name: FormReference.properties.name,
  version: Type.String({ pattern: '^([1-9][0-9]{0,5}|1000000)$' }),
})

/**
 * Campaigns, their books and forms. Ids come from the client, so that sending again is safe. Typists
 * see forms only: a campaign says who is paired with whom.
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
        summary: 'Opens a campaign with its form.',
        refuses: ['ALREADY_EXISTS', 'FORM_INVALID', 'FORM_CHANGED'],
      },
      bodyLimit: CAMPAIGN_BYTES_MAX,
      schema: { body: openCampaign.request, response: { 200: openCampaign.reply } },
    },
    async ({ body }) => bus.ask(openCampaign, body),
  )

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

  server.get(
    '/api/forms/:name/:version',
    {
      config: {
        access: 'signed-in',
        summary: 'Reads one version of a form.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: FormPath, response: { 200: readForm.reply } },
    },
    async ({ params }) => bus.ask(readForm, { name: params.name, version: Number(params.version) }),
  )
}
