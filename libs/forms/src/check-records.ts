import type {
  Cells,
  FieldDefinition,
  FormDefinition,
  Mark,
  Places,
  Reading,
  TypedRecord,
  TypedRecords,
} from '@songnhap/contracts'
import { checkValue } from './check-value.ts'
import { checkFields } from './checks/check-fields.ts'
import { findField } from './find-field.ts'
import { withListsResolved } from './with-lists-resolved.ts'

const FIELD_NAME = /^[a-z][a-zA-Z0-9_]{0,63}$/

/** Whether a value goes with a mark: it must be empty, must be there, or may be either. */
const VALUE_BESIDE: Record<Mark, 'empty' | 'needed' | 'either'> = {
  blank: 'empty',
  illegible: 'empty',
  'partly-legible': 'needed',
  torn: 'empty',
  'struck-out': 'either',
  ditto: 'empty',
}

/** Which part of a page an entry is; without any of it, the whole. */
export interface EntryPart {
  /** Without the form's single fields, which another person keys. */
  readonly coreOnly?: boolean | undefined
  /** Which records of the page these are, from 1. */
  readonly places?: Places | undefined
  /** Of each of these records only these fields. */
  readonly cells?: Cells | undefined
}

/**
 * What keeps records from fitting their form; empty when they fit. Names record and field, never a
 * value.
 *
 * Dates and numbers are taken as written: the register may say 31 February, and a check of format
 * would make a typist correct it. Only what the form itself calls an error is one.
 */
export function checkRecords(
  form: FormDefinition,
  records: TypedRecords,
  part: EntryPart = {},
): string[] {
  const whole = withListsResolved(form)
  const findings = checkCount(form, records, part.places)
  for (const [index, record] of records.entries()) {
    const ofRecord = [
      ...checkReadings(whole, record, part, part.cells?.[index]),
      ...checkNames(form, record),
    ]
    findings.push(...ofRecord.map((finding) => `record ${index + 1}, ${finding}`))
  }
  return [...findings, ...findErrors(whole, records, part)]
}

/** Only the checks that may refuse an entry are carried out: every entry comes by here. */
function findErrors(form: FormDefinition, records: TypedRecords, part: EntryPart): string[] {
  const checks = (form.checks ?? []).filter(({ severity }) => severity === 'error')
  if (checks.length === 0) return []
  return checkFields({ ...form, checks }, records, part)
    .filter(({ severity }) => severity === 'error')
    .map(({ record, check, message }) => `record ${record}, ${check}: ${message.en}`)
}

function checkCount(form: FormDefinition, { length }: TypedRecords, places?: Places): string[] {
  if (places === undefined) {
    return length <= form.recordsMax
      ? []
      : [`${length} records, where the form has room for ${form.recordsMax}`]
  }
  if (places.some((place, index) => place <= (places[index - 1] ?? 0))) {
    return ['the places of the records do not ascend']
  }
  return length === places.length ? [] : [`${length} records for ${places.length} places`]
}

function checkReadings(
  form: FormDefinition,
  record: TypedRecord,
  { coreOnly }: EntryPart,
  only: readonly string[] | undefined,
): string[] {
  return form.fields.flatMap((field) => {
    // Own properties only: a field may be called `constructor`.
    const reading = Object.hasOwn(record, field.name) ? record[field.name] : undefined
    const isAsked = only?.includes(field.name) ?? (coreOnly !== true || field.entry !== 'single')
    const findings = isAsked ? checkAsked(field, reading) : checkNotAsked(reading)
    return findings.map((finding) => `${field.name}: ${finding}`)
  })
}

function checkAsked(field: FieldDefinition, reading: Reading | undefined): string[] {
  return reading === undefined ? ['is missing'] : checkReading(field, reading)
}

function checkNotAsked(reading: Reading | undefined): string[] {
  return reading === undefined ? [] : ['is not asked for']
}

/** What keeps one reading from fitting its field; empty when it fits. The field has its options. */
export function checkReading(field: FieldDefinition, { value, mark }: Reading): string[] {
  const findings = checkValue(value, field.lengthMax)
  const beside = mark === undefined ? besideNoMark(field) : VALUE_BESIDE[mark]
  const situation = mark === undefined ? 'without a mark' : `with the mark ${mark}`

  if (beside === 'empty' && value !== '') findings.push(`${situation} the value must be empty`)
  if (beside === 'needed' && value === '') findings.push(`${situation} the value must not be empty`)
  if (mark !== undefined && field.marks?.includes(mark) === false) {
    findings.push(`the mark ${mark} is not given in this field`)
  }
  if (mark === undefined && value !== '' && !isOption(field, value)) {
    findings.push('the value is none of the options')
  }
  return findings
}

function besideNoMark({ required }: FieldDefinition): 'needed' | 'either' {
  return required === false ? 'either' : 'needed'
}

/** Only for an unmarked value: half a word, or one struck out, need not be among the options. */
function isOption({ kind, open, options = [] }: FieldDefinition, value: string): boolean {
  return (
    kind !== 'choice' ||
    open === true ||
    options.some((option) => option.value === value || option.aliases?.includes(value) === true)
  )
}

/** A name that cannot be a field's is not repeated: it could be something that somebody typed. */
function checkNames(form: FormDefinition, record: TypedRecord): string[] {
  return Object.keys(record)
    .filter((name) => findField(form, name) === undefined)
    .map((name) => (FIELD_NAME.test(name) ? name : 'a field without a proper name'))
    .map((name) => `${name}: is not in the form`)
}
