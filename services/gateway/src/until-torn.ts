/** What was sent is torn, or no form. No Problem: it is the whole upload that ends, not one file. */
export class FormTorn extends Error {}

/** What a parser of forms gives. Only its own errors are those of the form, not those of who takes it. */
export async function* untilTorn<T>(parsed: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  try {
    yield* parsed
  } catch (error) {
    throw isOfForm(error) ? new FormTorn('a form is torn', { cause: error }) : error
  }
}

/** The parser's own errors are plain, without code or status; those of the line have a code. */
function isOfForm(error: unknown): boolean {
  return error instanceof Error && error.name === 'Error' && !('code' in error)
}
