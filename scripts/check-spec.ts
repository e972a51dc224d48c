/**
 * Every numbered rule of docs/spec has a test whose name begins with its id, and no test cites a
 * rule that is not there. Rules are written as `**A1** …`; tests as `'A1, A2: what holds'`.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './run-command.ts'

const RULE = /^\*\*([A-Z]\d+)\*\*/gm
const CITATION = /['"`]([A-Z]\d+(?:, ?[A-Z]\d+)*): /g

/** What is wrong, a line each; empty when nothing is. */
export async function checkSpec(): Promise<string> {
  const rules = await found('docs/spec', '.md', RULE)
  const citations = new Map<string, string>()
  for (const folder of ['libs', 'services', 'samples', 'demo', 'cli', 'scripts', 'test', 'web']) {
    for (const [ids, file] of await found(folder, '.test.ts', CITATION)) {
      for (const id of ids.split(/, ?/)) citations.set(id, file)
    }
  }
  const untested = [...rules].filter(([id]) => !citations.has(id))
  const unknown = [...citations].filter(([id]) => !rules.has(id))
  return [
    ...(rules.size === 0 ? ['no rule was found in docs/spec'] : []),
    ...untested.map(([id, file]) => `${id} (${file}) has no test that cites it`),
    ...unknown.map(([id, file]) => `${file} cites ${id}, which is no rule of docs/spec`),
  ].join('\n')
}

/** What the pattern's first group finds in a folder's files, with the file that it was found in. */
async function found(
  folder: string,
  ending: string,
  pattern: RegExp,
): Promise<Map<string, string>> {
  const places = new Map<string, string>()
  const entries = await readdir(join(ROOT, folder), { recursive: true })
  for (const entry of entries) {
    if (!entry.endsWith(ending) || entry.includes('node_modules')) continue
    const file = join(folder, entry)
    const text = await readFile(join(ROOT, file), 'utf8')
    for (const [, id] of text.matchAll(pattern)) if (id !== undefined) places.set(id, file)
  }
  return places
}
