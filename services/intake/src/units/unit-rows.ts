import type { UnitError, UnitRow } from '@songnhap/contracts'

const LEVELS_MAX = 8
const ERRORS_MAX = 100

/** The rows with those above others before them, or what is wrong with them. */
export function inOrderOfLevels(rows: readonly UnitRow[]): {
  readonly ordered: readonly UnitRow[]
  readonly errors: readonly UnitError[]
} {
  const byCode = new Map<string, UnitRow>()
  const errors: UnitError[] = []
  const complain = (line: number, column: string, message: string) => {
    if (errors.length < ERRORS_MAX) errors.push({ line, column, message })
  }
  for (const row of rows) {
    const before = byCode.get(row.code)
    if (before === undefined) byCode.set(row.code, row)
    else complain(row.line, 'code', `${row.code} is the code of line ${before.line} too`)
  }
  for (const { line, parentCode } of rows) {
    if (parentCode !== undefined && !byCode.has(parentCode)) {
      complain(line, 'parent_code', `no line has the code ${parentCode}`)
    }
  }
  if (errors.length > 0) return { ordered: [], errors }

  const depths = new Map<string, number>()
  for (const row of byCode.values()) {
    const depth = depthOf(row, byCode)
    if (depth === undefined) {
      complain(row.line, 'parent_code', `stands in itself, or more than ${LEVELS_MAX} levels deep`)
    } else depths.set(row.code, depth)
  }
  const depth = ({ code }: UnitRow) => depths.get(code) ?? 0
  return { ordered: rows.toSorted((one, other) => depth(one) - depth(other)), errors }
}

function depthOf(row: UnitRow, byCode: ReadonlyMap<string, UnitRow>): number | undefined {
  let above = row
  for (let depth = 0; depth < LEVELS_MAX; depth++) {
    const parent = above.parentCode === undefined ? undefined : byCode.get(above.parentCode)
    if (parent === undefined) return depth
    above = parent
  }
  return undefined
}
