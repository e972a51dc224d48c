/** What a bench is asked with, and what it answers. */

export interface BenchOptions {
  /** Sizes from the command line, by name. */
  readonly sizes: ReadonlyMap<string, number>
  /** Progress, as a line. */
  readonly say: (line: string) => void
  /** Fires when the run was interrupted or takes too long: leave off and clean up. */
  readonly stop: AbortSignal
}

export interface BenchAnswer {
  readonly question: string
  readonly method: string
  /** All that was measured, as it goes into the JSON. */
  readonly figures: Readonly<Record<string, unknown>>
  /** The same for people, as lines. */
  readonly lines: readonly string[]
}

export type Bench = (options: BenchOptions) => Promise<BenchAnswer>

/** The sizes asked for, with defaults for the others. A size that the bench does not have is refused. */
export function readSizes<const D extends Readonly<Record<string, number>>>(
  { sizes }: BenchOptions,
  defaults: D,
): { readonly [K in keyof D]: number } {
  const unknown = [...sizes.keys()].filter((name) => !(name in defaults))
  if (unknown.length > 0) {
    const known = Object.entries(defaults).map(([name, size]) => `--${name} ${size}`)
    throw new Error(`no such size: ${unknown.join(', ')}; there are ${known.join(' ')}`)
  }
  const chosen = Object.entries(defaults).map(([name, size]) => [name, sizes.get(name) ?? size])
  return Object.fromEntries(chosen)
}
