import { FormDefinition } from '@songnhap/contracts'
import { KINDS_OF_RULE } from './keywords/kinds-of-rule.ts'

type Schema = Record<string, unknown>

const FIELD = '/properties/fields/items'
const ZONES = `${FIELD}/properties/zones`
const LAYOUT = '/properties/layouts/items'
const LIST = '/properties/lists/items'
const TOTAL = '/properties/controlTotals/items'
const CHECK = '/properties/checks/items'

/** Our keywords, where they stand in the schema of a form. */
const PLACES: Readonly<Record<string, Schema>> = {
  '/properties/fields': { uniqueBy: ['name'], someCore: true },
  [FIELD]: {
    onlyForKinds: {
      '/options': ['choice'],
      '/list': ['choice'],
      '/open': ['choice'],
      '/comparison/ignoreCase': ['text', 'choice'],
      '/comparison/ignoreLeadingZeros': ['registration-number', 'book-number'],
    },
    optionsOrList: true,
    optionsFit: true,
    coreIfCritical: true,
    dittoPossible: true,
  },
  [`${FIELD}/properties/options`]: { optionTexts: true },
  [`${FIELD}/properties/list`]: { namesList: true },
  [`${FIELD}/properties/dittoFrom`]: { mustBe: 'record-above or the name of another field' },
  [ZONES]: { uniqueBy: ['layout'] },
  [`${ZONES}/items`]: { insideImage: true },
  [`${ZONES}/items/properties/layout`]: { namesLayout: true },
  '/properties/recordOrder': { onlyForManyRecords: ['free'] },
  '/properties/lists': { uniqueBy: ['name', 'date'] },
  [`${LIST}/properties/entries`]: { optionTexts: true },
  '/properties/layouts': { uniqueBy: ['name'] },
  [`${LAYOUT}/properties/recordStep`]: { onlyForManyRecords: true },
  '/properties/controlTotals': { onlyForManyRecords: true },
  [TOTAL]: { differ: ['of', 'total'], totalLikeSum: true },
  [`${TOTAL}/properties/of`]: { namesField: { kinds: ['integer', 'money'] } },
  [`${TOTAL}/properties/total`]: { namesField: { kinds: ['integer', 'money'] } },
  '/properties/checks': { uniqueBy: ['name'] },
  [`${CHECK}/properties/when`]: {
    bounds: [['from', 'before']],
    conditionPossible: true,
    mustBe: 'a field with either is, or from, before or both',
  },
}

const NAMES: Readonly<Record<string, string>> = {
  '^[a-z][a-zA-Z0-9_]{0,63}$': 'a small letter and up to 63 more letters, digits or _',
  '^[a-z][a-z0-9-]{0,63}$': 'a small letter and up to 63 more small letters, digits or -',
}

/**
 * The JSON Schema of forms: what `FormDefinition` says of the shape, with our keywords in it that say
 * how the parts of a form depend on each other. Made anew each time.
 */
export function formSchema(): Schema {
  const schema: Schema = JSON.parse(JSON.stringify(FormDefinition))
  for (const [pointer, keywords] of Object.entries(PLACES)) place(schema, pointer, keywords)
  const rule = partAt(schema, `${CHECK}/properties/rule`)
  // One rule is meant, by its kind: without this, errors would be told of all the others too.
  rule['oneOf'] = rule['anyOf']
  delete rule['anyOf']
  Object.assign(rule, { type: 'object', discriminator: { propertyName: 'kind' } })
  for (const member of partsOf(rule['oneOf'])) placeOfRule(member)
  for (const part of partsOf(schema)) nameWords(part)
  return schema
}

function placeOfRule(member: Schema): void {
  const kind = partAt(member, '/properties/kind')['const']
  for (const [name, places] of Object.entries(KINDS_OF_RULE)) {
    if (name !== kind) continue
    for (const [pointer, keywords] of Object.entries(places)) place(member, pointer, keywords)
  }
}

/** Throws where the contract has no such place: then it was changed, and this must be too. */
function place(schema: Schema, pointer: string, keywords: Schema): void {
  Object.assign(partAt(schema, pointer), keywords)
}

function partAt(schema: Schema, pointer: string): Schema {
  let part: unknown = schema
  for (const step of pointer.split('/').slice(1)) part = isSchema(part) ? part[step] : undefined
  if (!isSchema(part)) throw new Error(`the schema of forms has no ${pointer}`)
  return part
}

/** Says in words what a name looks like; a pattern is for programs. */
function nameWords(part: Schema): void {
  const words = typeof part['pattern'] === 'string' ? NAMES[part['pattern']] : undefined
  if (words !== undefined) part['mustBe'] ??= words
  for (const inner of partsOf(part)) nameWords(inner)
}

function partsOf(value: unknown): Schema[] {
  return typeof value === 'object' && value !== null ? Object.values(value).filter(isSchema) : []
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null
}
