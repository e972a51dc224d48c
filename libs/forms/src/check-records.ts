import type {
  FieldDefinition,
  FormDefinition,
  Mark,
  Places,
  Reading,
  TypedRecord,
  TypedRecords,
} from '@songnhap/contracts'
import { checkValue } from './check-value.ts'
import { findField } from './find-field.ts'

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

/** Which part of a page was asked for; nothing said: all of it. */
export interface RecordsAsked {
  /** Exactly these records, in this order. */
  readonly places?: Places
  /** Without the form's single fields. */
  readonly coreOnly?: boolean
}

/**
 * What keeps records from fitting their form; empty when they fit. Names record and field, never a
 * value.
 *
 * Dates and numbers are taken as written: the register may say 31 February, and a check of format
 * would make a typist correct it.
 */
export function checkRecords(
  form: FormDefinition,
  records: TypedRecords,
  { places, coreOnly = false }: RecordsAsked = {},
): string[] {
  const findings: string[] = []
  if (places !== undefined && records.length !== places.length) {
    findings.push(`${records.length} records, where ${places.length} are asked for`)
  } else if (places === undefined && records.length > form.recordsMax) {
    findings.push(`${records.length} records, where the form has room for ${form.recordsMax}`)
  }
  for (const [index, record] of records.entries()) {
    const ofRecord = [...checkFields(form, record, coreOnly), ...checkNames(form, record)]
    findings.push(...ofRecord.map((finding) => `record ${index + 1}, ${finding}`))
  }
  return findings
}

function checkFields(form: FormDefinition, record: TypedRecord, coreOnly: boolean): string[] {
  return form.fields.flatMap((field) => {
    // Own properties only: a field may be called `constructor`.
    const reading = Object.hasOwn(record, field.name) ? record[field.name] : undefined
    const findings =
      coreOnly && field.entry === 'single'
        ? checkAbsent(reading)
        : reading === undefined
          ? ['is missing']
          : checkReading(field, reading)
    return findings.map((finding) => `${field.name}: ${finding}`)
  })
}

function checkAbsent(reading: Reading | undefined): string[] {
  return reading === undefined ? [] : ['is not asked for']
}

/** What keeps one reading from fitting its field; empty when it fits. */
export function checkReading(field: FieldDefinition, { value, mark }: Reading): string[] {
  const findings = checkValue(value, field.lengthMax)
  const beside = mark === undefined ? 'needed' : VALUE_BESIDE[mark]
  const situation = mark === undefined ? 'without a mark' : `with the mark ${mark}`

  if (beside === 'empty' && value !== '') findings.push(`${situation} the value must be empty`)
  if (beside === 'needed' && value === '') findings.push(`${situation} the value must not be empty`)
  if (mark === undefined && value !== '' && !isOption(field, value)) {
    findings.push('the value is none of the options')
  }
  return findings
}

/** Only for an unmarked value: half a word, or one struck out, need not be among the options. */
function isOption({ kind, options = [] }: FieldDefinition, value: string): boolean {
  return (
    kind !== 'choice' ||
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
