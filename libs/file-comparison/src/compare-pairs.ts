import { setImmediate } from 'node:timers/promises'
import { isDitto, type RowPair, resolveDittos } from '@songnhap/comparators'
import type { FormDefinition, TypedRecord } from '@songnhap/contracts'
import type { RecordSink, Verdict } from './compared-record.ts'
import { judgePair } from './judge-pair.ts'
import type { RecordSource } from './record-source.ts'
import type { Tally } from './tally.ts'
import type { PageWatch } from './watch-pages.ts'

export interface Comparing {
  readonly tally: Tally
  readonly take: RecordSink['take']
  /** Sees every record too: what it looks for has one cause in many. */
  readonly watch: PageWatch['add']
  /** Absent: records are called by their number. */
  readonly nameOf?: ((pair: RowPair) => string) | undefined
  readonly onRecord?: ((done: number) => void) | undefined
}

/** How far above a ditto mark its value is looked for. */
const DITTO_ROWS_MAX = 60
const TELL_EVERY = 1000

/** Compares the rows of two tables as they are paired, one record after the other. */
export async function comparePairs(
  form: FormDefinition,
  [first, second]: readonly [RecordSource, RecordSource],
  pairs: readonly RowPair[],
  { tally, take, watch, nameOf, onRecord }: Comparing,
) {
  const records = { aligned: 0, onlyFirst: 0, onlySecond: 0 }
  for (const [at, pair] of pairs.entries()) {
    const [a, b] = pair
    const name = nameOf?.(pair) ?? String(at + 1)
    const from = [placeOf(first, a), placeOf(second, b)] as const
    if (a !== null && b !== null) {
      records.aligned += 1
      const verdicts = compareRows(form, first, a, second, b)
      for (const { field, outcome, ...values } of verdicts) {
        tally.add(field, outcome, values.first === values.second)
      }
      take({ name, from, verdicts })
      watch(pair, verdicts)
    } else {
      records[b === null ? 'onlyFirst' : 'onlySecond'] += 1
      take({ name, from, verdicts: [], alone: valuesAlone(form, first, a, second, b) })
      watch(pair, [])
    }
    if (at % TELL_EVERY === TELL_EVERY - 1) {
      onRecord?.(at + 1)
      // Lets a signal through, so that Ctrl-C can clean up.
      await setImmediate()
    }
  }
  return records
}

function placeOf(source: RecordSource, row: number | null): string | null {
  return row === null ? null : String(source.lineOf(row))
}

function compareRows(
  form: FormDefinition,
  first: RecordSource,
  a: number,
  second: RecordSource,
  b: number,
): Verdict[] {
  const typed = [first.record(a), second.record(b)] as const
  const meant = [meantAt(form, first, a, typed[0]), meantAt(form, second, b, typed[1])] as const
  return form.fields.map((field) => {
    const [x, y] = [typed[0][field.name] ?? NOTHING, typed[1][field.name] ?? NOTHING]
    return judgePair(field, [x, y], [meant[0][field.name] ?? x, meant[1][field.name] ?? y])
  })
}

const NOTHING = { value: '' }

/** A record with its ditto marks resolved, which refer to rows above in its own file. */
function meantAt(form: FormDefinition, source: RecordSource, row: number, record: TypedRecord) {
  const hasDitto = form.fields.some((field) => isDitto(field, record[field.name] ?? NOTHING))
  if (!hasDitto) return record
  const start = Math.max(0, row - DITTO_ROWS_MAX)
  const above = Array.from({ length: row - start }, (_, at) => source.record(start + at))
  return resolveDittos(form, [...above, record]).at(-1) ?? record
}

function valuesAlone(
  form: FormDefinition,
  first: RecordSource,
  a: number | null,
  second: RecordSource,
  b: number | null,
): string[] {
  const record = a !== null ? first.record(a) : b !== null ? second.record(b) : {}
  return form.fields.map(({ name }) => record[name]?.value ?? '')
}
