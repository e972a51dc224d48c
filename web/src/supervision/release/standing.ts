/** How far a book is, as the gateway's answer has it, and what can be told from it at once. */
import type { Audit, BookStanding, Certificate } from '@songnhap/contracts'

export interface Standing extends BookStanding {
  readonly overrides: (BookStanding['overrides'][number] & {
    readonly askedByName: string | null
  })[]
}

export interface Signed {
  readonly certificate: Certificate
  readonly signers: readonly { readonly personId: string; readonly name: string | null }[]
}

/** The audit that the state speaks of. */
export function lastAudit({ audits }: BookStanding): Audit | undefined {
  return audits.at(-1)
}

const TEN = 10
/** Rates in 10,000 as the gate's own sentences have them: never rounded below what they are. */
export function bound(upper: number): number {
  return upper >= TEN ? Math.round(upper) : Math.ceil(upper * TEN) / TEN
}
