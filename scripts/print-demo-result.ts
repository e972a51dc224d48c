import type { DemoResult, RestartStep } from '@songnhap/demo'

/** The result of a demonstration as text for people, on standard output. */
export function printDemoResult(
  result: DemoResult & { readonly restarts?: readonly RestartStep[] },
): void {
  const { wrongFields: wrong, violations, restarts = [] } = result
  const working = restarts.filter(({ whileWorking }) => whileWorking).length
  const rows: (readonly [string, string | number])[] = [
    ['pages', result.pages],
    ['records on them', result.records],
    ['entries', result.entries],
    ['duplicate submissions absorbed', result.duplicates],
    ['leases that ran out', result.expiredLeases],
    ['fields compared', result.fieldsCompared],
    ['mismatches', result.mismatches],
    ['rulings', result.rulings],
    ['settled records', result.settledRecords],
    ['settled fields', result.settledFields],
    ['  wrong: both typists agreed', wrong.agreed],
    ...(wrong.majority === 0 ? [] : ([['  wrong: two of three agreed', wrong.majority]] as const)),
    ['  wrong: ruled so', wrong.ruled],
    ...(wrong.single === 0 ? [] : ([['  wrong: keyed once', wrong.single]] as const)),
    ...(restarts.length === 0
      ? []
      : ([
          ['restarts', restarts.length],
          ['  while people worked', working],
        ] as const)),
    ['seconds', result.seconds],
  ]
  const lines = rows.map(([label, value]) => `${label.padEnd(34)}${String(value).padStart(9)}`)
  process.stdout.write(`\n${lines.join('\n')}\n\n${operatorTable(result)}\n\n`)
  const broken = Object.entries(violations).filter(([, count]) => count > 0)
  const verdict =
    broken.length === 0
      ? 'No promise was broken: nobody keyed a page twice, no arbiter had typed, nothing was lost or settled twice.'
      : `BROKEN: ${broken.map(([name, count]) => `${name} ${count}`).join(', ')}`
  process.stdout.write(`${verdict}\n`)
}

function operatorTable({ operators }: DemoResult): string {
  const head = ['operator', 'role', 'fields', 'wrong', 'measured', '95 % interval', 'true rate']
  const rows = operators.map((o) => [
    o.name,
    o.role,
    String(o.fields),
    o.wrong === null ? '–' : String(o.wrong),
    percent(o.rate),
    o.low === null ? 'not judged yet' : `${percent(o.low)} – ${percent(o.high)}`,
    percent(o.trueRate),
  ])
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) =>
          column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n')
}

function percent(rate: number | null): string {
  return rate === null ? '–' : `${(rate * 100).toFixed(2)} %`
}
