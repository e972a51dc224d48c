/** `songnhap operators`: how accurate people are, for whoever wants it on paper or in a table. */
import type { Api } from '@songnhap/client'
import type { Figure, OperatorFigures, ReplyOf, readOperators } from '@songnhap/contracts'
import { spreadsheetLine } from '@songnhap/tables'
import { UsageError } from './usage-error.ts'

export const OPERATORS_USAGE = `  operators CAMPAIGN [--json] [--csv]         how accurate typists are, in 10,000;
                                              --csv, --json: all figures and what makes them`

type Told = Omit<ReplyOf<typeof readOperators>, 'typists'> & { typists: Named[] }
type Named = OperatorFigures & { readonly name: string | null }

/** So that Excel takes the file for UTF-8. */
const BOM = '\ufeff'
const CALLS_MAX = 100
const IN = 10_000

export async function showOperators(
  operands: readonly string[],
  { json, csv }: { readonly json?: boolean | undefined; readonly csv?: boolean | undefined },
  signIn: () => Promise<Api>,
): Promise<number> {
  const [campaignId, ...more] = operands
  if (campaignId === undefined || more.length > 0) throw new UsageError(OPERATORS_USAGE)
  const told = await readAll(await signIn(), campaignId)
  if (json === true) print(JSON.stringify(told))
  else if (csv === true) process.stdout.write(BOM + csvOf(told.typists))
  else printTable(told)
  return 0
}

async function readAll(api: Api, campaignId: string): Promise<Told> {
  const path = `/api/campaigns/${encodeURIComponent(campaignId)}/operators`
  const first = await api.get<Told>(path)
  const typists = [...first.typists]
  let { more } = first
  for (let calls = 1; more && calls < CALLS_MAX; calls += 1) {
    const next = await api.get<Told>(`${path}?after=${typists.at(-1)?.operatorId ?? ''}`)
    typists.push(...next.typists)
    more = next.more
  }
  // The best first; those of whom nothing can be said yet come last.
  const order = ({ rank }: Named) => rank ?? Number.POSITIVE_INFINITY
  return { ...first, typists: typists.toSorted((a, b) => order(a) - order(b)), more }
}

function printTable({ asOf, prior, coincidence, arbiterError, typists, arbiters }: Told): void {
  print(
    `${asOf}; prior: ${prior.source}; c = ${coincidence.value.toFixed(3)} (${coincidence.source}); ` +
      `a = ${arbiterError.value.toFixed(3)} (${arbiterError.source})`,
  )
  if (typists.length === 0) print('Chưa có trường nào chốt. / Nothing is settled yet.')
  for (const one of typists) print(lineOf(one))
  for (const { arbiterId, rulings, escalated, orderBias } of arbiters) {
    const bias = orderBias === null ? '' : `, order p = ${orderBias.pValue.toFixed(4)}`
    print(`trọng tài / arbiter ${arbiterId}: ${rulings} rulings, ${escalated} passed on${bias}`)
  }
}

function lineOf({ rank, name, operatorId, judged, rate, shrunk, ratio, rows, trend }: Named) {
  const who = `${rank ?? '–'}  ${name ?? operatorId}`
  if (rate === null) return `${who}: ${judged}, chưa đủ dữ liệu / not enough data`
  const drift = trend?.signalDays.at(-1)
  return [
    `${who}: ${inTenThousand(rate.value)} (${inTenThousand(rate.low)}–${inTenThousand(rate.high)})`,
    `${rate.numerator} / ${judged}`,
    `≤ ${inTenThousand(shrunk?.high ?? null)}`,
    `× ${ratio?.value?.toFixed(2) ?? '–'}`,
    `${rows.leftOut} + ${rows.madeUp} + ${rows.slips} rows`,
    ...(drift === undefined ? [] : [`drift ${drift}`]),
  ].join(';  ')
}

function inTenThousand(rate: number | null): string {
  return rate === null ? '–' : (rate * IN).toFixed(1)
}

const FIGURES = ['rate', 'major', 'corrected', 'shrunk', 'ratio', 'marks', 'carried'] as const
const PARTS = ['value', 'numerator', 'denominator', 'low', 'high', 'method', 'confidence'] as const

function csvOf(typists: readonly Named[]): string {
  const heading = [
    ...['operator_id', 'name', 'rank', 'pages', 'records', 'judged', 'unjudged'],
    ...['left_out', 'made_up', 'slips', 'drift_days', 'as_of', 'truth'],
    ...FIGURES.flatMap((figure) => PARTS.map((part) => `${figure}_${part}`)),
  ]
  return [
    spreadsheetLine(heading),
    ...typists.map((one) => spreadsheetLine(cellsOf(one).map(textOf))),
  ].join('')
}

function cellsOf(one: Named): readonly unknown[] {
  const { rows, trend, rate } = one
  return [
    ...[one.operatorId, one.name, one.rank, one.pages, one.records, one.judged, one.unjudged],
    ...[
      rows.leftOut,
      rows.madeUp,
      rows.slips,
      trend?.signalDays.join(' '),
      rate?.asOf,
      rate?.truth,
    ],
    ...FIGURES.flatMap((figure) => partsOf(one[figure])),
  ]
}

function partsOf(figure: Figure | null): readonly unknown[] {
  return PARTS.map((part) => figure?.[part])
}

/** What is not known is an empty cell, and no 0. */
function textOf(cell: unknown): string {
  return cell === null || cell === undefined ? '' : String(cell)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
