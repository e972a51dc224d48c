import { createHash } from 'node:crypto'
import type pg from 'pg'

/** Texts are fixed in the code; should some be made up at run time, they do not pile up. */
const NAMES_MAX = 1_000

/**
 * Lets a connection send every statement with parameters by name, so that PostgreSQL parses and
 * plans it once and not each time: that took a third of its processor time
 * (`npm run bench -- pipeline`: 27 → 17 ms a page).
 */
export function prepareStatements(client: pg.PoolClient): void {
  const send = client.query.bind(client) as (...words: unknown[]) => unknown
  const query = (...words: unknown[]) => {
    const [text, values, ...more] = words
    const isPlain = typeof text !== 'string' || !Array.isArray(values) || values.length === 0
    const name = isPlain ? undefined : nameOf(text)
    return name === undefined ? send(...words) : send({ name, text, values }, ...more)
  }
  Object.assign(client, { query })
}

const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= NAMES_MAX) return known
  const name = createHash('sha256').update(text).digest('base64url')
  names.set(text, name)
  return name
}
