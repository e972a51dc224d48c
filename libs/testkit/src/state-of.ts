/** `done`, or the state with which the database refused. */
export async function stateOf(doing: Promise<unknown>): Promise<unknown> {
  try {
    await doing
    return 'done'
  } catch (error) {
    return error instanceof Error ? Reflect.get(error, 'code') : error
  }
}
