import type { Bus } from '@songnhap/bus'
import {
  addUnitRows,
  applyUnitImport,
  closed,
  findUnits,
  Id,
  listUnitStates,
  lookUpUnits,
  openUnitImport,
  planUnitImport,
} from '@songnhap/contracts'
import Type from 'typebox'
import { SUPERVISION } from '../admission.ts'
import type { TypedServer } from '../typed-server.ts'

/** Ten thousand units are planned in a second or two; a loaded machine needs longer. */
const PLAN_TIMEOUT_MS = 60_000

const ByImport = closed({ importId: Id })
/** As text in a URL. */
const AfterCount = closed({ after: Type.Optional(Type.String({ pattern: '^[0-9]{1,6}$' })) })
const NewRows = closed({ rows: addUnitRows.request.properties.rows })
const Looked = closed({ fingerprint: applyUnitImport.request.properties.fingerprint })

/** Administrative units, as they were on any day that was loaded. */
export function addUnitRoutes(server: TypedServer, bus: Bus): void {
  addImportRoutes(server, bus)

  server.get(
    '/api/units',
    {
      config: {
        access: SUPERVISION,
        summary: 'Finds units by name; those whose names differ in marks only are suggestions.',
      },
      schema: { querystring: findUnits.request, response: { 200: findUnits.reply } },
    },
    async ({ query }) => bus.ask(findUnits, query),
  )

  // Not in the address: addresses are logged, and these are words that somebody typed.
  server.post(
    '/api/units/look-up',
    {
      config: {
        access: 'signed-in',
        summary:
          'Tells whether places were administrative units on a day, as far as that is known.',
      },
      schema: { body: lookUpUnits.request, response: { 200: lookUpUnits.reply } },
    },
    async ({ body }) => bus.ask(lookUpUnits, body),
  )

  server.get(
    '/api/units/states',
    {
      config: { access: SUPERVISION, summary: 'Lists the days whose units are loaded.' },
      schema: { response: { 200: listUnitStates.reply } },
    },
    async () => bus.ask(listUnitStates, {}, PLAN_TIMEOUT_MS),
  )
}

function addImportRoutes(server: TypedServer, bus: Bus): void {
  server.post(
    '/api/units/imports',
    {
      config: {
        access: SUPERVISION,
        summary: 'Begins to import the units that there were on a day.',
        refuses: ['ALREADY_EXISTS'],
      },
      schema: { body: openUnitImport.request, response: { 200: openUnitImport.reply } },
    },
    async ({ body }) => bus.ask(openUnitImport, body),
  )

  server.post(
    '/api/units/imports/:importId/rows',
    {
      config: {
        access: SUPERVISION,
        summary: 'Takes a part of the rows of an import.',
        refuses: ['NOT_FOUND', 'ALREADY_EXISTS'],
      },
      schema: { params: ByImport, body: NewRows, response: { 200: addUnitRows.reply } },
    },
    async ({ params, body }) => bus.ask(addUnitRows, { ...params, ...body }),
  )

  server.get(
    '/api/units/imports/:importId/plan',
    {
      config: {
        access: SUPERVISION,
        summary: 'Tells what applying an import would do; unmatched predecessors after so many.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        params: ByImport,
        querystring: AfterCount,
        response: { 200: planUnitImport.reply },
      },
    },
    async ({ params, query }) => {
      const after = query.after === undefined ? {} : { after: Number(query.after) }
      return bus.ask(planUnitImport, { ...params, ...after }, PLAN_TIMEOUT_MS)
    },
  )

  server.post(
    '/api/units/imports/:importId/apply',
    {
      config: {
        access: SUPERVISION,
        summary: 'Applies an import as the plan with this fingerprint said.',
        refuses: ['NOT_FOUND', 'UNITS_INVALID', 'UNITS_CHANGED'],
      },
      schema: { params: ByImport, body: Looked, response: { 200: applyUnitImport.reply } },
    },
    async ({ params, body }) => bus.ask(applyUnitImport, { ...params, ...body }, PLAN_TIMEOUT_MS),
  )
}
