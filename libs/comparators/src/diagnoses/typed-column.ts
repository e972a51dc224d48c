/** One column of a page as one person typed it: by row, what was typed there. Blank cells are not in it. */
export interface TypedColumn {
  readonly annotator: string
  readonly values: ReadonlyMap<number, string>
}

const AGREEING_MIN = 2

/**
 * What people agree on, row by row: at least two, and more than half of all who typed the cell. The
 * one who is judged is one of them, but has no voice: of two against two, neither is right. Rows on
 * which the others do not agree say nothing about anybody.
 */
export function agreedBy(
  columns: readonly TypedColumn[],
  except: TypedColumn | null,
): Map<number, string> {
  const typed = new Map<number, string[]>()
  for (const column of columns) {
    if (column === except) continue
    for (const [row, value] of column.values) typed.set(row, [...(typed.get(row) ?? []), value])
  }
  const agreed = new Map<number, string>()
  for (const [row, values] of typed) {
    const people = values.length + (except?.values.has(row) === true ? 1 : 0)
    const value = values.find((one) => {
      const voices = values.filter((other) => other === one).length
      return voices >= AGREEING_MIN && voices > people / 2
    })
    if (value !== undefined) agreed.set(row, value)
  }
  return agreed
}
