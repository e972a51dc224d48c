import { readFile } from 'node:fs/promises'
import { type FormDefinition, Problem } from '@songnhap/contracts'
import { readFormDefinition } from '@songnhap/forms'

/** A form that cannot be used, with everything that is wrong with it. */
export class FormError extends Error {
  override name = 'FormError'
}

export async function readForm(path: string): Promise<FormDefinition> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new FormError(
      `the form cannot be read: ${error instanceof Error ? error.message : error}`,
    )
  }
  try {
    return readFormDefinition(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new FormError(`${path} is no JSON: ${error.message}`)
    if (!(error instanceof Problem)) throw error
    throw new FormError([`${path} is no form:`, ...error.details].join('\n  '))
  }
}
