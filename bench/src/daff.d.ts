/** What the bench asks of `daff`, which comes without types. */
declare module 'daff' {
  type Table = readonly (readonly string[])[]

  class TableView {
    constructor(data: Table)
  }
  class CompareFlags {}
  interface Alignment {
    readonly aligned: never
  }
  class TableDiff {
    constructor(alignment: Alignment, flags: CompareFlags)
    hilite(output: TableView): boolean
  }
  const daff: {
    readonly TableView: typeof TableView
    readonly CompareFlags: typeof CompareFlags
    readonly TableDiff: typeof TableDiff
    readonly compareTables: (first: TableView, second: TableView) => { align(): Alignment }
  }
  export = daff
}
