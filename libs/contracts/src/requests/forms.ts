import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { FormDefinition, FormReference, ListReference } from '../form-definition.ts'
import { Bilingual, closed } from '../primitives.ts'

/** More than anybody mends before looking again. */
const FINDINGS_MAX = 1_000

/** Something about a form, and where in it: a JSON pointer (RFC 6901), empty for the whole. */
export const FormFinding = closed({
  pointer: Type.String({ maxLength: 500 }),
  message: Type.String({ maxLength: 500 }),
})
export type FormFinding = Static<typeof FormFinding>

const Findings = Type.Array(FormFinding, { maxItems: FINDINGS_MAX })

/** A draft may be replaced and deleted; what is published never changes again. */
export const FORM_STATES = ['draft', 'published'] as const
const FormState = Type.Enum([...FORM_STATES])

export const FormSummary = closed({
  ...FormReference.properties,
  title: Bilingual,
  state: FormState,
  fields: Type.Integer({ minimum: 1 }),
  /** How many campaigns are keyed by it. */
  campaigns: Type.Integer({ minimum: 0 }),
})
export type FormSummary = Static<typeof FormSummary>

/** Tells everything that is wrong with a form, whatever it is; stores nothing. */
export const checkForm = defineRequest(
  'intake',
  'form.check.v1',
  closed({ form: Type.Unknown() }),
  closed({ errors: Findings, warnings: Findings }),
)

/**
 * Keeps a form as a draft, in the place of an earlier draft of this version. What is published already
 * and the same stays published.
 */
export const saveForm = defineRequest(
  'intake',
  'form.save.v1',
  closed({ ...FormReference.properties, form: Type.Unknown() }),
  closed({ state: FormState, warnings: Findings }),
)

/** Publishes a draft: it never changes again. Code lists that it only names are put into it. */
export const publishForm = defineRequest(
  'intake',
  'form.publish.v1',
  FormReference,
  closed({
    state: FormState,
    /** Taken from the registry. */
    listsTaken: Type.Array(ListReference, { maxItems: 50 }),
  }),
)

/** Deletes a draft. */
export const deleteForm = defineRequest('intake', 'form.delete.v1', FormReference, closed({}))

/** A form in a list of forms. */
export const FormKey = Type.String({ pattern: '^[a-z][a-z0-9-]{0,63}@([1-9][0-9]{0,5}|1000000)$' })

/** Forms by name and version, 500 at most a call; `after` is the last one's NAME@VERSION. */
export const listForms = defineRequest(
  'intake',
  'form.list.v1',
  closed({ after: Type.Optional(FormKey) }),
  closed({ forms: Type.Array(FormSummary), more: Type.Boolean() }),
)

export const readForm = defineRequest(
  'intake',
  'form.read.v1',
  closed({
    ...FormReference.properties,
    /** Drafts too; absent: only what is published. */
    drafts: Type.Optional(Type.Boolean()),
  }),
  FormDefinition,
)
