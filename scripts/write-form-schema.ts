/**
 * Keeps `forms/form.schema.json` what the contracts and the keywords of forms make. `--write` writes
 * it; without it nothing is touched.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { formSchema } from '@songnhap/forms'
import { readDescriptions } from './read-descriptions.ts'
import { ROOT } from './run-command.ts'

const FILE = 'forms/form.schema.json'
const ABOUT = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:songnhap:form.schema.json',
  title: 'Form of Song Nhập',
  description:
    'What is keyed from the pages of one kind of register: docs/spec/forms.md. Keywords that JSON ' +
    'Schema does not have say how the parts of a form depend on each other.',
}
/** The contracts that parts of a form are, by their place in the schema. */
const CONTRACT_AT: Readonly<Record<string, string>> = {
  '/properties/fields/items': 'FieldDefinition',
  '/properties/fields/items/properties/options/items': 'FieldOption',
  '/properties/lists/items': 'CodeList',
  '/properties/lists/items/properties/entries/items': 'FieldOption',
  '/properties/checks/items': 'FieldCheck',
}

type Json = Readonly<Record<string, unknown>>

/** What is stale; empty when nothing is. */
export async function checkFormSchema({ write }: { write: boolean }): Promise<string> {
  const path = join(ROOT, FILE)
  const fresh = `${JSON.stringify(publishedSchema(), null, 2)}\n`
  if (write) await writeFile(path, fresh)
  return (await readFile(path, 'utf8')) === fresh
    ? ''
    : `${FILE} is not what the code makes; node scripts/write-form-schema.ts --write mends it`
}

function publishedSchema(): Json {
  const words = readDescriptions()
  return { ...ABOUT, ...describe(formSchema(), '', 'FormDefinition', words) }
}

/** The schema with the words that the code has about its properties. */
function describe(
  schema: Json,
  pointer: string,
  contract: string,
  words: ReadonlyMap<string, string>,
): Json {
  const inside = Object.entries(schema).map(([key, part]): [string, unknown] => {
    if (key === 'items' && isJson(part)) {
      const place = `${pointer}/items`
      return [key, describe(part, place, CONTRACT_AT[place] ?? '', words)]
    }
    if (key !== 'properties' || !isJson(part)) return [key, part]
    const properties = Object.entries(part).map(([name, property]): [string, unknown] => {
      if (!isJson(property)) return [name, property]
      const about = words.get(`${contract}.${name}`)
      const place = `${pointer}/properties/${name}`
      return [
        name,
        {
          ...(about === undefined ? {} : { description: about }),
          ...describe(property, place, CONTRACT_AT[place] ?? '', words),
        },
      ]
    })
    return [key, Object.fromEntries(properties)]
  })
  return Object.fromEntries(inside)
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
  const complaint = await checkFormSchema({ write: values.write })
  if (complaint === '') return
  console.error(complaint)
  process.exitCode = 1
}

if (import.meta.main) await main()
