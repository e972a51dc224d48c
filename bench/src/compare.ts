/**
 * How fast readings and whole pages are compared.
 *
 * Last result, 29 November 2026, processor time of one of 2 cores (Xeon) that seven others wanted (load
 * 15, which about doubles every figure; ratios hold): identical names 10 million pairs a second, with a
 * letter changed 130,000, different 200,000; identical dates 9 million, in another layout 430,000,
 * different 230,000. Pages of 325 fields: identical .09 ms (daff .36, 4.0 times as long), 5 % differ .43
 * (.39, .9 times), the same with words that were never met .35 (.50, 1.4 times), one record missing .36
 * (1.85, 5.1 times), both 1.1 (1.8, 1.6 times), all differ 13 (2.9, .2 times); the first page of a process
 * 28 ms, since nothing is compiled yet. Five-fold is reached where rows must be found, and not where cells
 * differ; the page of which all differs is not seen within 5 ms on so busy a machine.
 *
 * The two do not do the same work. daff compares cells as they are written, finds rows by what they have
 * in common letter for letter, and says which cells changed. Ours tells in which sense two cells differ:
 * each pair that does is brought into its kind's standard form, asked for variants, measured in letters.
 * By its profile a pair of cells takes some 4 µs so, half of it to find out which records are one, half
 * to say why they differ; daff takes less for the whole cell. Where all differ, all 625 pairs of
 * records cost about the same (.5 to .65), so that none can be ruled out: 2,500 pairs of texts with 350,000
 * pairs of letters are measured, a third of the time; a fifth is to say why 281 cells differ.
 *
 * What is warm: the code, and what is remembered of syllables (20,000), texts (4,096) and dates (1,024);
 * pages take turns, so that their values are forgotten when they come again.
 *
 * Python has `csv-diff` and `datacompy` for tables. By their documentation (they are not installed here
 * and were not run) both join rows by a key that the caller names and compare cells for equality,
 * datacompy within a tolerance for numbers; neither pairs rows without a key, looks past the way a value
 * is written, or says why two differ.
 */
import { comparePages, compareReadings, diagnosePage } from '@songnhap/comparators'
import type { FieldDefinition, FormDefinition, Reading, TypedRecords } from '@songnhap/contracts'
import { createRandom, type Random, sampleTruth } from '@songnhap/samples'
import daff from 'daff'
import { type BenchAnswer, type BenchOptions, readSizes } from './bench.ts'
import { change, copy, type PageCase, pageCases } from './page-cases.ts'
import { median } from './percentile.ts'
import { SAMPLE_FORM } from './sample-form.ts'

const QUESTION =
  'Are identical readings compared at a million a second, a page of 325 fields in 5 ms, and either' +
  ' five times as fast as the npm package daff compares the same tables?'
const METHOD =
  'Processor time of one core. Readings and pages are those of the sample register, 13 columns and' +
  ' 25 records a page;' +
  ' the second entry is made of copies, with one letter changed in 5 % of its cells, without its' +
  ' twelfth record, or of other records altogether; 160 pages take turns, so that no value is remembered.' +
  ' Each case runs for a while before it is timed; the median of several rounds counts.' +
  ' daff compares the values as tables: cells as they are written, rows by what they have in common.'

const SIZES = { pairs: 20_000, rounds: 7, milliseconds: 300 } as const
const COLUMNS = 13
const ROWS = 25
const PAGES = 160
/** Pages between two looks at the clock. */
const BATCH = 16

const FORM: FormDefinition = {
  ...SAMPLE_FORM,
  recordsMax: ROWS,
  fields: SAMPLE_FORM.fields.slice(0, COLUMNS),
}

type Pairs = readonly (readonly [Reading, Reading])[]

export async function run(options: BenchOptions): Promise<BenchAnswer> {
  const sizes = readSizes(options, SIZES)
  const random = createRandom(1, 'compare')
  const pool = poolOf(ROWS * PAGES)
  const measured = (work: (turn: number) => void) => measure(work, sizes, options.stop)
  const firstPageMs = inMs(secondsOfFirstPage(pool))
  options.say('comparing readings')
  const readings = readingCases(pool, random, sizes.pairs).map(({ name, field, pairs }) => {
    const seconds = measured(() => {
      for (const [a, b] of pairs) compareReadings(field, a, b)
    })
    return { name, aSecond: Math.round(pairs.length / seconds) }
  })
  options.say('comparing pages')
  const pages = pageCases(FORM, pool, ROWS, random).map((one) => measurePages(one, measured))
  const lines = [
    `the first page that a process compares, 5 % differ: ${firstPageMs} ms`,
    ...readings.map(
      ({ name, aSecond }) => `${name}: ${aSecond.toLocaleString('en')} pairs a second`,
    ),
    ...pages.map(
      ({ name, ms, daffMs, timesAsFast, diagnosisMs }) =>
        `page, ${name}: ${ms} ms; daff ${daffMs} ms, ${timesAsFast} times as long; diagnosis ${diagnosisMs} ms`,
    ),
  ]
  return { question: QUESTION, method: METHOD, figures: { firstPageMs, readings, pages }, lines }
}

function measurePages(
  { name, pages }: PageCase,
  measured: (work: (turn: number) => void) => number,
) {
  const tables = pages.map(({ first, second }) => [tableOf(first), tableOf(second)] as const)
  const eachInTurn = <T>(all: readonly T[], work: (one: T) => void) =>
    measured((turn) => {
      for (let at = 0; at < BATCH; at += 1) {
        const one = all[(turn * BATCH + at) % all.length]
        if (one !== undefined) work(one)
      }
    }) / BATCH
  const ours = eachInTurn(pages, ({ first, second }) => void comparePages(FORM, first, second))
  const daffs = eachInTurn(tables, ([first, second]) => compareWithDaff(first, second))
  const diagnosed = eachInTurn(pages, ({ first, second }) => void diagnosePage(FORM, first, second))
  return {
    name,
    ms: inMs(ours),
    daffMs: inMs(daffs),
    timesAsFast: Math.round((daffs / ours) * 10) / 10,
    diagnosisMs: inMs(diagnosed),
  }
}

/** Nothing is compiled yet, and no cache holds anything. */
function secondsOfFirstPage(pool: TypedRecords): number {
  const [page] = pageCases(FORM, pool.slice(0, ROWS), ROWS, createRandom(2, 'first page')).slice(1)
  const { first, second } = page?.pages[0] ?? { first: [], second: [] }
  const began = cpuSeconds()
  comparePages(FORM, first, second)
  return cpuSeconds() - began
}

/** Of the process: another that wants the core, too, does not count. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Processor seconds that a run of the work takes. */
function measure(
  work: (turn: number) => void,
  { rounds, milliseconds }: { readonly rounds: number; readonly milliseconds: number },
  stop: AbortSignal,
): number {
  const seconds: number[] = []
  let turn = 0
  // The first round warms up, and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    stop.throwIfAborted()
    const began = cpuSeconds()
    let runs = 0
    do {
      work(turn)
      turn += 1
      runs += 1
    } while (cpuSeconds() - began < milliseconds / 1000)
    if (round > 0) seconds.push((cpuSeconds() - began) / runs)
  }
  return median(seconds)
}

function inMs(seconds: number): number {
  return Math.round(seconds * 100_000) / 100
}

function poolOf(count: number): TypedRecords {
  const records: TypedRecords = []
  for (let page = 0; records.length < count; page += 1) records.push(...sampleTruth(7, page))
  return records.slice(0, count)
}

function readingCases(pool: TypedRecords, random: Random, count: number) {
  const drawn = (field: FieldDefinition, other: (reading: Reading, at: number) => Reading): Pairs =>
    Array.from({ length: count }, (_, at) => {
      const reading = pool[at % pool.length]?.[field.name]
      if (reading === undefined) throw new Error('the sample register has no such field')
      return [reading, other(reading, at)]
    })
  const [name, date] = [fieldOf('childName'), fieldOf('bornOn')]
  const next = (field: FieldDefinition) => (reading: Reading, at: number) =>
    copy(pool[(at + 1) % pool.length]?.[field.name] ?? reading)
  return [
    { name: 'identical names', field: name, pairs: drawn(name, copy) },
    {
      name: 'names with one letter changed',
      field: name,
      pairs: drawn(name, (r) => change(random, r)),
    },
    { name: 'different names', field: name, pairs: drawn(name, next(name)) },
    { name: 'identical dates', field: date, pairs: drawn(date, copy) },
    { name: 'dates in another layout', field: date, pairs: drawn(date, dashed) },
    { name: 'different dates', field: date, pairs: drawn(date, next(date)) },
  ]
}

function fieldOf(name: string): FieldDefinition {
  const field = FORM.fields.find((one) => one.name === name)
  if (field === undefined) throw new Error(`the sample form has no ${name}`)
  return field
}

function dashed(reading: Reading): Reading {
  return { ...reading, value: reading.value.replace(/[/.]/g, '-') }
}

function tableOf(records: TypedRecords): string[][] {
  const names = FORM.fields.map(({ name }) => name)
  return [names, ...records.map((record) => names.map((name) => record[name]?.value ?? ''))]
}

function compareWithDaff(a: string[][], b: string[][]): void {
  const alignment = daff.compareTables(new daff.TableView(a), new daff.TableView(b)).align()
  new daff.TableDiff(alignment, new daff.CompareFlags()).hilite(new daff.TableView([]))
}
