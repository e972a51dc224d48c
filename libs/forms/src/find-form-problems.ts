import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FormFinding } from './finding.ts'
import { formSchema } from './form-schema.ts'
import type { FormKeyword } from './keywords/form-keyword.ts'
import { FORM_KEYWORDS } from './keywords/form-keywords.ts'
import { type FormOutline, outlineOf } from './keywords/form-outline.ts'
import { arrayOf, objectOf, stepTo } from './keywords/loose-json.ts'

/** A form travels in one message on the bus, which has room for 1 MiB with what goes beside it. */
export const FORM_BYTES_MAX = 800 * 1024
/** No form that small has more; each could be an error of its own. */
const PARTS_MAX = 150_000
const DEPTH_MAX = 32
/** More are of no use to anybody, and would not fit where they are shown. */
const FINDINGS_MAX = 500

/** As all that a form may have. */
const PROPERTY_NAME = /^\$?[a-z][A-Za-z0-9]{0,39}$/

const PLACES = new Intl.Collator('en', { numeric: true })

let validate: ValidateFunction | undefined

/** Everything that is wrong with a form, in its order, each with its place; empty when nothing is. */
export function findFormProblems(input: unknown): FormFinding[] {
  const unfit = checkSize(input)
  if (unfit !== undefined) return [unfit]
  validate ??= compile()
  if (validate.call(outlineOf(input), input)) return checkBytes(input)
  const findings = findingsOf(validate.errors ?? [])
  const more = findings.length - FINDINGS_MAX
  if (more <= 0) return findings
  const rest = { pointer: '', message: `has ${more} more errors; mend these first` }
  return [...findings.slice(0, FINDINGS_MAX), rest]
}

function compile(): ValidateFunction {
  const ajv = new Ajv({
    strict: true,
    strictTuples: false,
    allErrors: true,
    verbose: true,
    discriminator: true,
    passContext: true,
  })
  addFormats.default(ajv, ['date'])
  ajv.addKeyword('mustBe')
  for (const keyword of FORM_KEYWORDS) ajv.addKeyword(asAjvKeyword(keyword))
  return ajv.compile(formSchema())
}

function asAjvKeyword(keyword: FormKeyword<unknown>) {
  function check(
    this: FormOutline,
    asked: unknown,
    data: unknown,
    _parent: unknown,
    at?: { readonly instancePath: string },
  ): boolean {
    const found = keyword.find(asked, { data, form: this })
    check.errors = found.map(({ pointer, message }) => ({
      keyword: keyword.name,
      instancePath: `${at?.instancePath ?? ''}${pointer}`,
      message,
    }))
    return found.length === 0
  }
  check.errors = [] as Partial<ErrorObject>[]
  return { keyword: keyword.name, errors: true, validate: check }
}

function findingsOf(errors: readonly ErrorObject[]): FormFinding[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf')
  const findings = errors
    // What each member of a union has against it says less than that none fits.
    .filter(
      ({ schemaPath }) => !unions.some((union) => schemaPath.startsWith(`${union.schemaPath}/`)),
    )
    .map(asFinding)
  const told = new Set<string>()
  return findings.toSorted(byPlace).filter((finding) => {
    const key = JSON.stringify(finding)
    return !told.has(key) && told.add(key)
  })
}

/** As they stand in the form: field 10 after field 9. */
function byPlace(a: FormFinding, b: FormFinding): number {
  return PLACES.compare(a.pointer, b.pointer)
}

function asFinding(error: ErrorObject): FormFinding {
  const { keyword, instancePath: pointer, params, message } = error
  switch (keyword) {
    case 'additionalProperties':
      return unknownProperty(pointer, params['additionalProperty'])
    case 'required':
      return { pointer, message: `needs ${params['missingProperty']}` }
    case 'enum':
      return { pointer, message: `must be one of ${params['allowedValues'].join(', ')}` }
    case 'discriminator':
      return { pointer: `${pointer}/kind`, message: `must be one of ${kindsOf(error)}` }
    case 'format':
      return { pointer, message: 'must be a day as 2024-12-31' }
    case 'anyOf':
    case 'pattern': {
      const mustBe = objectOf(error.parentSchema)['mustBe']
      return { pointer, message: mustBe === undefined ? `${message}` : `must be ${mustBe}` }
    }
    default:
      return { pointer, message: message ?? keyword }
  }
}

/** A misspelt name is told; what could not be one may be anything, and is not repeated. */
function unknownProperty(pointer: string, name: string): FormFinding {
  return PROPERTY_NAME.test(name)
    ? { pointer: pointer + stepTo(name), message: 'is not known here; is its name misspelt?' }
    : { pointer, message: 'has a property that is not known here; is its name misspelt?' }
}

function kindsOf({ parentSchema }: ErrorObject): string {
  return arrayOf(objectOf(parentSchema)['oneOf'])
    .map((member) => objectOf(objectOf(objectOf(member)['properties'])['kind'])['const'])
    .join(', ')
}

/** Walked without recursion: what has a hundred thousand levels must not overflow the stack. */
function checkSize(input: unknown): FormFinding | undefined {
  let level: unknown[] = [input]
  let parts = 0
  for (let depth = 0; level.length > 0; depth += 1) {
    parts += level.length
    if (parts > PARTS_MAX) return { pointer: '', message: `has more than ${PARTS_MAX} parts` }
    if (depth > DEPTH_MAX) return { pointer: '', message: 'is nested too deeply for a form' }
    level = level.flatMap((part) =>
      typeof part === 'object' && part !== null ? Object.values(part) : [],
    )
  }
  return undefined
}

function checkBytes(form: unknown): FormFinding[] {
  const bytes = new TextEncoder().encode(JSON.stringify(form)).length
  return bytes <= FORM_BYTES_MAX
    ? []
    : [{ pointer: '', message: `has ${bytes} bytes as JSON; at most ${FORM_BYTES_MAX} are sent` }]
}
