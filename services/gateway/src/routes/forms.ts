import type { Bus } from '@songnhap/bus'
import {
  checkForm,
  closed,
  deleteForm,
  FormDefinition,
  FormReference,
  LayoutName,
  listForms,
  Problem,
  publishForm,
  readForm,
  saveForm,
} from '@songnhap/contracts'
import Type from 'typebox'
import { personOf, SUPERVISION } from '../admission.ts'
import { formPreview } from '../forms/form-preview.ts'
import { layoutDrawing } from '../forms/layout-drawing.ts'
import { needShallow } from '../need-shallow.ts'
import type { TypedServer } from '../typed-server.ts'

/** A form with its lists. Must fit into one message on the bus. */
const FORM_BYTES_MAX = 900 * 1024
/** What a problem can carry, but for the line that says how many there are. */
const ERRORS_TOLD_MAX = 49

/** As text in a URL; versions go up to a million. */
const FormPath = closed({
  name: FormReference.properties.name,
  version: Type.String({ pattern: '^([1-9][0-9]{0,5}|1000000)$' }),
})
const LayoutPath = closed({ ...FormPath.properties, layout: LayoutName })
const AfterForm = closed({ after: Type.Optional(listForms.request.properties.after) })

/** Forms, first as drafts. Whoever is signed in reads what is published, drafts are for supervisors. */
export function addFormRoutes(server: TypedServer, bus: Bus): void {
  addDraftRoutes(server, bus)
  addReadingRoutes(server, bus)
}

function addDraftRoutes(server: TypedServer, bus: Bus): void {
  server.put(
    '/api/forms/:name/:version',
    {
      config: {
        access: SUPERVISION,
        summary: 'Keeps a form as a draft, in the place of an earlier draft of this version.',
        refuses: ['FORM_INVALID', 'FORM_CHANGED'],
      },
      bodyLimit: FORM_BYTES_MAX,
      attachValidation: true,
      schema: { params: FormPath, body: FormDefinition, response: { 200: saveForm.reply } },
    },
    async (request) => {
      // What is wrong with the form intake tells better, all of it at once.
      if (request.validationError?.validationContext === 'params') throw request.validationError
      needShallow(request.body)
      return bus.ask(saveForm, { ...referenceOf(request.params), form: request.body ?? null })
    },
  )

  server.delete(
    '/api/forms/:name/:version',
    {
      config: {
        access: SUPERVISION,
        summary: 'Deletes a draft.',
        refuses: ['NOT_FOUND', 'FORM_PUBLISHED'],
      },
      schema: { params: FormPath, response: { 204: Type.Null() } },
    },
    async ({ params }, reply) => {
      await bus.ask(deleteForm, referenceOf(params))
      return reply.code(204).send(null)
    },
  )

  server.post(
    '/api/forms/check',
    {
      config: {
        access: SUPERVISION,
        summary: 'Tells everything that is wrong with a form, and what should be known of it.',
      },
      bodyLimit: FORM_BYTES_MAX,
      schema: { body: Type.Unknown(), response: { 200: checkForm.reply } },
    },
    async ({ body }) => {
      needShallow(body)
      return bus.ask(checkForm, { form: body ?? null })
    },
  )

  server.post(
    '/api/forms/:name/:version/publish',
    {
      config: {
        access: SUPERVISION,
        summary: 'Publishes a draft, with the code lists that it names: it never changes again.',
        refuses: ['NOT_FOUND', 'FORM_INVALID', 'FORM_CHANGED', 'TOO_LARGE'],
      },
      schema: { params: FormPath, response: { 200: publishForm.reply } },
    },
    async ({ params }) => bus.ask(publishForm, referenceOf(params)),
  )
}

function addReadingRoutes(server: TypedServer, bus: Bus): void {
  server.get(
    '/api/forms',
    {
      config: {
        access: SUPERVISION,
        summary: 'Lists forms by name and version, going on after the last NAME@VERSION.',
      },
      schema: { querystring: AfterForm, response: { 200: listForms.reply } },
    },
    async ({ query }) => bus.ask(listForms, query),
  )

  server.get(
    '/api/forms/:name/:version',
    {
      config: {
        access: 'signed-in',
        summary: 'Reads one version of a form; a draft only for supervisors.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: FormPath, response: { 200: readForm.reply } },
    },
    async (request) => {
      const { roles } = personOf(request)
      const drafts = roles.some((role) => SUPERVISION.includes(role))
      return bus.ask(readForm, { ...referenceOf(request.params), drafts })
    },
  )

  server.get(
    '/api/forms/:name/:version/preview',
    {
      config: {
        access: SUPERVISION,
        summary: 'Shows a form, or a draft, as somebody who keys by it will meet it.',
        gives: 'text/html',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: FormPath },
    },
    async ({ params }, reply) => {
      const form = await bus.ask(readForm, { ...referenceOf(params), drafts: true })
      return reply.type('text/html; charset=utf-8').send(formPreview(form))
    },
  )

  server.get(
    '/api/forms/:name/:version/layouts/:layout',
    {
      config: {
        access: SUPERVISION,
        summary: 'Draws an empty page with the places of the fields in one layout of a form.',
        gives: 'image/*',
        refuses: ['NOT_FOUND'],
      },
      schema: { params: LayoutPath },
    },
    async ({ params }, reply) => {
      const form = await bus.ask(readForm, { ...referenceOf(params), drafts: true })
      const drawing = layoutDrawing(form, params.layout)
      if (drawing === undefined) throw new Problem('NOT_FOUND')
      return reply.type('image/svg+xml').send(drawing.text)
    },
  )
}

function referenceOf({ name, version }: { name: string; version: string }): FormReference {
  return { name, version: Number(version) }
}

/**
 * In the place of what a request's own check says of a form: every error with its pointer, if the form
 * is what is wrong.
 */
export async function refuseForm(bus: Bus, form: unknown, otherwise: Error): Promise<never> {
  const { errors } = await bus.ask(checkForm, { form })
  if (errors.length === 0) throw otherwise
  const told = errors.slice(0, ERRORS_TOLD_MAX)
  const left = errors.length - told.length
  throw new Problem('FORM_INVALID', [
    ...told.map(({ pointer, message }) => `${pointer} ${message}`.trim()),
    ...(left > 0 ? [`and ${left} more: POST /api/forms/check tells all`] : []),
  ])
}
