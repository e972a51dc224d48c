/** What it takes to believe a figure, in words of the language chosen. */
export interface Explained {
  /** What it is a figure of. */
  readonly name: string
  readonly meaning: string
  readonly numerator?: string | undefined
  readonly denominator?: string | undefined
  /** How one comes from the other, where that is more than a division. */
  readonly sum?: string | undefined
  /** Method, confidence and limits. */
  readonly interval?: string | undefined
  readonly leftOut?: string | undefined
  /** Moment of the figures, as the server names it. */
  readonly asOf?: string | undefined
  /** How often something had been settled by then. */
  readonly truth?: number | undefined
  /** Where the rows behind it are. */
  readonly rows?: { readonly href: string; readonly text: string } | undefined
}
