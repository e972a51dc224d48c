/**
 * Do the bounds of an audit hold what they say, when people stumble over the same bad ink?
 *
 * Last result, 29 November 2026, 500 runs in each of 24 cells, 35 s of one core (Xeon, load 22): every exact bound
 * passes (from .9208). Lowest cells: Clopper-Pearson .932, Poisson .932, finite .964; Wilson .926; whole pages as if
 * independent .818; corrected by the design effect .986. Without simulation, 3,000 fields at .003: .9789, Wilson .9453.
 */
import {
  exactCoverage,
  finiteUpperBound,
  normalQuantile,
  poissonUpperBound,
  spreadCounts,
  upperBound,
  wilson,
} from '@songnhap/statistics'
import { AuditedPages, type Team, trueRate } from './audited-pages.ts'
import { type BenchAnswer, type BenchOptions, readSizes } from './bench.ts'

const QUESTION =
  'Does the 95 % upper bound of an audit hold the true share of wrong values 95 times in 100?'
const METHOD =
  'Pages differ in difficulty (Beta with the mean e and the correlation ρ). Two people err on a field with the' +
  ' difficulty of its page, alike with the chance κ; an arbiter decides where they differ, wrongly with the chance a.' +
  ' The true share follows from e, ρ, κ and a. Each run audits as many fields scattered, one a page, as stand on' +
  ' whole pages. Exact: Clopper-Pearson and Poisson over scattered fields, and the hypergeometric bound of a fourth' +
  ' of the fields of a finite book, which has to hold the wrong ones that the book really has. They pass from 95 %' +
  ' less three standard errors. Beside them, what not to do: Wilson, and whole pages as if their fields were' +
  ' independent; and whole pages corrected by the design effect.'
const DEFAULTS = { runs: 500, seed: 20_240_607 }
/** With fewer, three standard errors say nothing. */
const RUNS_MIN = 200
const CONFIDENCE = 0.95
const ERRORS_BELOW = 3
const FIELDS_A_PAGE = 20
const BOOK_SHARE = 4

interface Cell extends Team {
  readonly pages: number
}

/** Audits of 2,000 and 8,000 fields; rates and correlations as in the literature. */
const CELLS: readonly Cell[] = [100, 400].flatMap((pages) =>
  [0.01, 0.05].flatMap((rate) =>
    [0.05, 0.15, 0.39].flatMap((correlation) =>
      [0.1, 0.3].map((collision) => {
        return { pages, rate, correlation, collision, arbiterError: 0.02 }
      }),
    ),
  ),
)

const EXACT = ['clopperPearson', 'poisson', 'finite'] as const
const OTHERS = ['wilson', 'pagesNaive', 'pagesCorrected'] as const
type Method = (typeof EXACT)[number] | (typeof OTHERS)[number]
type Held = Readonly<Record<Method, boolean>>

interface Covered extends Cell {
  readonly rateInTheEnd: number
  readonly coverage: Readonly<Record<Method, number>>
}

export async function run(options: BenchOptions): Promise<BenchAnswer> {
  const { runs, seed } = readSizes(options, DEFAULTS)
  if (runs < RUNS_MIN) throw new Error(`--runs must be ${RUNS_MIN} or more`)
  const passFrom = CONFIDENCE - ERRORS_BELOW * Math.sqrt((CONFIDENCE * (1 - CONFIDENCE)) / runs)
  const began = process.cpuUsage()
  const cells: Covered[] = []
  for (const cell of CELLS) {
    options.stop.throwIfAborted()
    options.say(`cell ${cells.length + 1} of ${CELLS.length}`)
    cells.push(coverCell(cell, runs, seed))
  }
  const failed = cells.flatMap(({ coverage }) => EXACT.filter((name) => coverage[name] < passFrom))
  const { user, system } = process.cpuUsage(began)
  const cpuSeconds = Math.round((user + system) / 1e5) / 10
  const exact = exactCoverages()
  const figures = { runs, seed, passFrom, failed: failed.length, cpuSeconds, exact, cells }
  return { question: QUESTION, method: METHOD, figures, lines: tell(figures) }
}

type Figures = Readonly<{
  runs: number
  passFrom: number
  failed: number
  cpuSeconds: number
  exact: ReturnType<typeof exactCoverages>
  cells: readonly Covered[]
}>

function coverCell(cell: Cell, runs: number, seed: number): Covered {
  const rate = trueRate(cell)
  const pages = new AuditedPages(cell, seed)
  const bounds = boundsFor(cell)
  const held: Record<Method, number> = {
    clopperPearson: 0,
    poisson: 0,
    finite: 0,
    wilson: 0,
    pagesNaive: 0,
    pagesCorrected: 0,
  }
  for (let run = 0; run < runs; run += 1) {
    const found = auditOnce(cell, pages, rate, bounds)
    for (const method of [...EXACT, ...OTHERS]) if (found[method]) held[method] += 1
  }
  const coverage = Object.fromEntries(Object.entries(held).map(([name, n]) => [name, n / runs]))
  return { ...cell, rateInTheEnd: rate, coverage: coverage as Record<Method, number> }
}

/** The bounds by the count of wrong fields; each is computed once a cell. */
function boundsFor(cell: Cell) {
  const fields = cell.pages * FIELDS_A_PAGE
  const z = normalQuantile(CONFIDENCE)
  const corrected = (wrong: number) => {
    const spread = spreadCounts({ wrong, judged: fields }, FIELDS_A_PAGE, cell.correlation)
    return upperBound(spread.wrong, spread.judged, CONFIDENCE)
  }
  const checked = fields / BOOK_SHARE
  return {
    clopperPearson: remembered((wrong) => upperBound(wrong, fields, CONFIDENCE)),
    poisson: remembered((wrong) => poissonUpperBound(wrong, CONFIDENCE) / fields),
    finite: remembered((wrong) => finiteUpperBound(wrong, { fields, checked }, CONFIDENCE)),
    wilson: remembered((wrong) => wilson(wrong, fields, z).high),
    pagesCorrected: remembered(corrected),
  }
}

function remembered(bound: (wrong: number) => number): (wrong: number) => number {
  const known = new Map<number, number>()
  return (wrong) => {
    const value = known.get(wrong) ?? bound(wrong)
    known.set(wrong, value)
    return value
  }
}

function auditOnce(
  cell: Cell,
  pages: AuditedPages,
  rate: number,
  bounds: ReturnType<typeof boundsFor>,
): Held {
  const fields = cell.pages * FIELDS_A_PAGE
  let scattered = 0
  for (let field = 0; field < fields; field += 1) if (pages.field()) scattered += 1
  const book = Array.from({ length: cell.pages }, () => pages.page(FIELDS_A_PAGE)).flat()
  const onPages = count(book)
  const inSample = count(drawn(book, fields / BOOK_SHARE, pages.random))
  return {
    clopperPearson: bounds.clopperPearson(scattered) >= rate,
    poisson: bounds.poisson(scattered) >= rate,
    finite: bounds.finite(inSample) >= onPages,
    wilson: bounds.wilson(scattered) >= rate,
    pagesNaive: bounds.clopperPearson(onPages) >= rate,
    pagesCorrected: bounds.pagesCorrected(onPages) >= rate,
  }
}

/** So many of them, none twice: the first steps of a shuffle. */
function drawn(fields: readonly boolean[], sample: number, random: () => number): boolean[] {
  const rest = [...fields]
  return Array.from({ length: sample }, (_, at) => {
    const other = at + Math.floor(random() * (rest.length - at))
    const [here, there] = [rest[at] ?? false, rest[other] ?? false]
    rest[other] = here
    return there
  })
}

function count(fields: readonly boolean[]): number {
  return fields.filter((wrong) => wrong).length
}

/** Without simulation: what independent fields give. */
function exactCoverages() {
  const cells = [
    [3000, 0.0005],
    [3000, 0.001],
    [3000, 0.003],
    [30_000, 0.0001],
  ] as const
  const z = normalQuantile(CONFIDENCE)
  return cells.map(([judged, rate]) => ({
    judged,
    rate,
    clopperPearson: exactCoverage(upperBound, judged, rate),
    wilson: exactCoverage((wrong, of) => wilson(wrong, of, z).high, judged, rate),
  }))
}

const HEAD =
  '  fields     e    ρ    κ   true/10⁴   Clopper-P.  Poisson   finite |  Wilson  pages naive  corrected'

function tell({ runs, passFrom, failed, cpuSeconds, exact, cells }: Figures): string[] {
  const share = (value: number, width: number) => value.toFixed(4).padStart(width)
  const lineOf = ({ pages, rate, correlation, collision, rateInTheEnd, coverage }: Covered) =>
    [
      String(pages * FIELDS_A_PAGE).padStart(8),
      rate.toFixed(2).padStart(6),
      correlation.toFixed(2).padStart(5),
      collision.toFixed(1).padStart(5),
      (rateInTheEnd * 10_000).toFixed(2).padStart(11),
      share(coverage.clopperPearson, 13),
      share(coverage.poisson, 9),
      share(coverage.finite, 9),
      ' |',
      share(coverage.wilson, 8),
      share(coverage.pagesNaive, 13),
      share(coverage.pagesCorrected, 11),
    ].join('')
  const verdict = failed === 0 ? 'every exact bound passes' : `${failed} exact bounds fail`
  return [
    `coverage in ${runs} runs a cell; exact bounds pass from ${passFrom.toFixed(4)}`,
    HEAD,
    ...cells.map(lineOf),
    `${verdict}; ${cpuSeconds} s of a core`,
    '',
    'without simulation:',
    ...exact.map(
      ({ judged, rate, clopperPearson, wilson: byWilson }) =>
        `${judged} fields at ${rate}: Clopper-Pearson ${clopperPearson.toFixed(4)}, Wilson ${byWilson.toFixed(4)}`,
    ),
  ]
}
