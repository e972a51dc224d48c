import type { FormFinding } from '../finding.ts'
import type { FormOutline } from './form-outline.ts'

/** A place of a form that a keyword of the schema is asked about. */
interface FormPlace {
  /** What stands there; of any shape, since everything that is wrong is to be told at once. */
  readonly data: unknown
  readonly form: FormOutline
}

/**
 * A keyword of ours in the JSON Schema of forms: says what no schema can, because it depends on
 * other parts of the form. Findings point from the place, and never throw.
 */
export interface FormKeyword<Asked> {
  readonly name: string
  /** A method, so that keywords which ask differently fit into one list. */
  find(asked: Asked, place: FormPlace): readonly FormFinding[]
}

export function here(message: string): FormFinding {
  return { pointer: '', message }
}
