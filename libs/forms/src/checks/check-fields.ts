import { type Contents, resolveDittos } from '@songnhap/comparators'
import type {
  Bilingual,
  CheckRule,
  FieldCheck,
  FormDefinition,
  Places,
  Severity,
  TypedRecord,
  TypedRecords,
} from '@songnhap/contracts'
import { withListsResolved } from '../with-lists-resolved.ts'
import { checkTotals } from './check-totals.ts'
import { conditionHolds } from './condition-holds.ts'
import type { RecordOfPage, RuleCheck, UnitLookup } from './rule-check.ts'
import { RULES_OF_CHECK } from './rules-of-check.ts'

/** A check that a record does not pass. Names what is checked, never what was read. */
export interface FieldFinding {
  /** Place in the entry, from 1. */
  readonly record: number
  /** The check's name; `control-total:1` for the form's first control total. */
  readonly check: string
  readonly severity: Severity
  /** The form's own words. */
  readonly message: Bilingual
  readonly fields: readonly string[]
  /** Codes of what is odd, as `other-sex`. */
  readonly detail: readonly string[]
}

export interface CheckOptions {
  /** Which records of the page these are, from 1; absent: all of them. */
  readonly places?: Places | undefined
  /** Without it, nothing is said about places. */
  readonly units?: UnitLookup | undefined
}

const RULES: Readonly<Record<CheckRule['kind'], RuleCheck<CheckRule>>> = RULES_OF_CHECK

/**
 * What the checks of a form say about records, in their order. Of records that do not fit the form
 * (`checkRecords`) as well: what is missing is not known, and nothing is said of it.
 */
export function checkFields(
  form: FormDefinition,
  records: TypedRecords,
  { places, units }: CheckOptions = {},
): FieldFinding[] {
  const whole = withListsResolved(form)
  const meant = runsOf(records, places).flatMap((run) => resolveDittos<Contents>(whole, run))
  const findings = meant.flatMap((record, index) => {
    const above = isBelow(places, index) ? meant[index - 1] : undefined
    const at = { form: whole, record, before: meant.slice(0, index), above, units }
    return (form.checks ?? []).flatMap((check) => findingsOf(check, at, index + 1))
  })
  return places === undefined ? [...findings, ...checkTotals(whole, meant)] : findings
}

/** Whether the record is right below the one before it, on the page as in the entry. */
function isBelow(places: Places | undefined, index: number): boolean {
  return places === undefined || places[index] === (places[index - 1] ?? 0) + 1
}

/** Records that stand right below each other: a ditto mark says nothing of a record that is not here. */
function runsOf(records: TypedRecords, places: Places | undefined): TypedRecord[][] {
  const runs: TypedRecord[][] = []
  for (const [index, record] of records.entries()) {
    const run = runs.at(-1)
    if (run !== undefined && isBelow(places, index)) run.push(record)
    else runs.push([record])
  }
  return runs
}

function findingsOf(
  { name, severity, message, when, rule }: FieldCheck,
  at: RecordOfPage,
  record: number,
): FieldFinding[] {
  if (!conditionHolds(when, at)) return []
  const broken = RULES[rule.kind].find(rule, at)
  if (broken === undefined) return []
  const { fields, detail = [] } = broken
  return [{ record, check: name, severity, message, fields, detail }]
}
