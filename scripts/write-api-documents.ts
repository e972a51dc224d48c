/**
 * Keeps `docs/api/*.json` what the contracts and the routes make, and the words in them what the
 * comments of the contracts say. `--write` writes them; without it nothing is touched.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readDescriptions } from './read-descriptions.ts'
import { ROOT, runFile } from './run-command.ts'

const WORDS_FILE = 'libs/api-documents/src/descriptions.gen.ts'
const FOLDER = 'docs/api'
/** Prints the documents as they are served, by name. */
const PRINTER = 'services/gateway/src/print-api-documents.ts'
const HOW_TO_MEND =
  'is not what the contracts and routes make; node scripts/write-api-documents.ts --write mends it'

/** What is stale, a line each; empty when nothing is. */
export async function checkApiDocuments({ write }: { write: boolean }): Promise<string> {
  const words = await keep(WORDS_FILE, wordsModule(), write)
  const { code, output } = await runFile(PRINTER, [])
  if (code !== 0) return `${PRINTER} ended with code ${code}\n${output}`
  const documents = Object.entries<unknown>(JSON.parse(output))
  const complaints = await Promise.all(
    documents.map(([name, document]) =>
      keep(`${FOLDER}/${name}`, `${JSON.stringify(document, null, 2)}\n`, write),
    ),
  )
  return [words, ...complaints].filter((complaint) => complaint !== '').join('\n')
}

async function keep(file: string, fresh: string, write: boolean): Promise<string> {
  const path = join(ROOT, file)
  if (write) {
    await writeFile(path, fresh)
    return ''
  }
  return (await readFile(path, 'utf8')) === fresh ? '' : `${file} ${HOW_TO_MEND}`
}

function wordsModule(): string {
  const lines = [...readDescriptions()].map(
    ([path, words]) => `  ${JSON.stringify(path)}: ${JSON.stringify(words)},\n`,
  )
  return [
    '/** The comments of libs/contracts, made by scripts/write-api-documents.ts; do not edit. */\n',
    'export const DESCRIPTIONS: Readonly<Record<string, string>> = {\n',
    ...lines,
    '}\n',
  ].join('')
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
  const complaints = await checkApiDocuments({ write: values.write })
  if (complaints === '') return
  console.error(complaints)
  process.exitCode = 1
}

if (import.meta.main) await main()
