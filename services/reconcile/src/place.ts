import type { RowPair } from '@songnhap/comparators'
import type { QuestionKind } from '@songnhap/contracts'

/**
 * What a question is about. In terms of rows and not of places among paired records: whoever pairs
 * them otherwise leaves every ruling where it is, and finds it again where the same rows meet again.
 */
export interface Place {
  readonly kind: QuestionKind
  /** Which keying of each pass: one that was sent back has other rows afterwards. */
  readonly turns: readonly [number, number]
  /** Both null: the page. */
  readonly rows: RowPair
  readonly field: string | null
  /** Of a page: which diagnosis. Of an alignment: of which round. Otherwise null. */
  readonly subject: string | null
}

/** The same text for the same place, and for no other. */
export function keyOf({ kind, turns, rows, field, subject }: Place): string {
  return JSON.stringify([kind, turns, rows, field, subject])
}

export function fieldPlace(turns: Place['turns'], rows: RowPair, field: string): Place {
  return { kind: 'field', turns, rows, field, subject: null }
}

export function recordPlace(turns: Place['turns'], rows: RowPair): Place {
  return { kind: 'record', turns, rows, field: null, subject: null }
}

/** The pairing of the entries as a round has it. */
export function alignmentPlace(turns: Place['turns'], round: number): Place {
  return { kind: 'alignment', turns, rows: [null, null], field: null, subject: String(round) }
}

export function diagnosisPlace(turns: Place['turns'], diagnosis: string): Place {
  return { kind: 'page', turns, rows: [null, null], field: null, subject: diagnosis }
}

/** Not about one record. */
export function isAboutPage({ kind }: Pick<Place, 'kind'>): boolean {
  return kind === 'page' || kind === 'alignment'
}
