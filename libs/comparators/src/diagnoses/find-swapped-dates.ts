import { swapDayAndMonth } from '../dates/swap-day-and-month.ts'
import type { Diagnosis } from './diagnosis.ts'
import { findThroughout, type Row, type Sign } from './evidence.ts'
import type { Cell, Column, PageColumns } from './page-columns.ts'

/** Of the dates of one page, how many would be the other's with day and month swapped by chance. */
const CHANCE = 0.02

/** Dates that one entry has day first and the other month first, throughout the page. */
export function findSwappedDates({ columns, places }: PageColumns): Diagnosis[] {
  const dates = columns.filter(({ field }) => field.kind === 'date')
  const found = dates.flatMap((column) => {
    const rows = rowsOf(column)
    const zone = findThroughout(rows, dates.length)
    return zone === null ? [] : [{ column, rows, zone }]
  })
  const [first, last] = [places[0], places.at(-1)]
  if (found.length === 0 || first === undefined || last === undefined) return []
  const rows = found.flatMap((one) => one.rows).filter(({ sign }) => sign !== 'nothing')
  const share = (wanted: Sign) => rows.filter(({ sign }) => sign === wanted).length / rows.length
  return [
    {
      kind: 'day-month-swapped',
      fields: found.map(({ column }) => column.field.name),
      fromRecord: first,
      toRecord: last,
      shift: 0,
      fitBefore: share('against'),
      fitAfter: share('for'),
      chance: Math.min(...found.map(({ zone }) => zone.chance)),
    },
  ]
}

function rowsOf({ first, second }: Column): Row[] {
  return first.map((cell, at) => ({ sign: signOf(cell, second[at]), chance: CHANCE }))
}

function signOf({ form: a }: Cell, b: Cell | undefined): Sign {
  if (a === null || b === undefined || b.form === null) return 'nothing'
  const swapped = swapDayAndMonth(a)
  // 5.5.1985 is the same either way.
  if (swapped === null || swapped === a) return 'nothing'
  if (a === b.form) return 'against'
  return swapped === b.form ? 'for' : 'neither'
}
