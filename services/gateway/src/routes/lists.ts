import type { Bus } from '@songnhap/bus'
import {
  CodeList,
  closed,
  importList,
  ListReference,
  listLists,
  readList,
} from '@songnhap/contracts'
import Type from 'typebox'
import { SUPERVISION } from '../admission.ts'
import type { TypedServer } from '../typed-server.ts'

/** Must fit into one message on the bus. */
const LIST_BYTES_MAX = 900 * 1024
const AfterList = closed({ after: Type.Optional(listLists.request.properties.after) })
const NewEdition = closed({
  name: ListReference.properties.name,
  date: importList.request.properties.date,
})
const NewList = closed({ label: CodeList.properties.label, entries: CodeList.properties.entries })

/** Code lists by edition: whoever keys gets them within a form. */
export function addListRoutes(server: TypedServer, bus: Bus): void {
  server.get(
    '/api/lists',
    {
      config: {
        access: SUPERVISION,
        summary: 'Lists editions of code lists, going on after the last NAME@DATE.',
      },
      schema: { querystring: AfterList, response: { 200: listLists.reply } },
    },
    async ({ query }) => bus.ask(listLists, query),
  )

  server.get(
    '/api/lists/:name/:date',
    {
      config: {
        access: SUPERVISION,
        summary: 'Reads one edition of a code list.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: ListReference, response: { 200: readList.reply } },
    },
    async ({ params }) => bus.ask(readList, params),
  )

  server.put(
    '/api/lists/:name/:date',
    {
      config: {
        access: SUPERVISION,
        summary: 'Keeps an edition of a code list, which never changes again.',
        refuses: ['LIST_INVALID', 'LIST_CHANGED'],
      },
      bodyLimit: LIST_BYTES_MAX,
      schema: { params: NewEdition, body: NewList, response: { 200: importList.reply } },
    },
    async ({ params, body }) => bus.ask(importList, { ...params, ...body }),
  )
}
