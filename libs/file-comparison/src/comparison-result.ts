import type { OutcomeClass } from '@songnhap/contracts'

/** How the pairs of one field came out; the five below sum up to `pairs`. */
export interface FieldCounts {
  readonly pairs: number
  /** The same characters. */
  readonly identical: number
  /** The same content in another form, or nothing visible on both sides. */
  readonly equivalent: number
  readonly variant: number
  readonly different: number
  /** A value against an empty field, or marks that differ. */
  readonly marks: number
  /** Of all of these, what the form accepts without a person. */
  readonly accepted: number
}

/** What a rule decided. */
export interface RuleCount {
  readonly rule: string
  readonly outcome: OutcomeClass
  readonly reason: string
  /** Whether it was accepted without a person. */
  readonly accepted: boolean
  readonly pairs: number
}

/** Something with one cause: never contains a value. */
export interface Diagnosis {
  readonly kind: string
  readonly fields: readonly string[]
  readonly page?: string
  readonly field?: string
  readonly annotator?: string
  readonly belongsTo?: string
  readonly fromRow?: number
  readonly toRow?: number
  readonly shift?: number
  readonly fitBefore?: number
  readonly fitAfter?: number
}

/** How often a person was right, with the Wilson interval. */
export interface Accuracy {
  readonly annotator: string
  readonly judged: number
  readonly right: number
  readonly rate: number
  readonly low: number
  readonly high: number
}

/** How often a way of choosing among the readings of a cell was right, with the Wilson interval. */
interface Chosen {
  readonly right: number
  readonly low: number
  readonly high: number
}

/** Readings chosen by Dawid and Skene's method, beside those that most people typed. */
export interface WeighedReadings {
  /** Cells whose truth is known. */
  readonly judged: number
  /** The share of these that the method has right, and that the majority has; null of none. */
  readonly accuracy: number | null
  readonly majorityAccuracy: number | null
  readonly chosen: Chosen
  readonly majority: Chosen
  /** Cells without one majority: there the reading that was typed first counts. */
  readonly ties: number
  /** How each field was weighed: a table of confusions a person, or one rate of errors a person. */
  readonly fields: Readonly<Record<string, 'confusions' | 'one-rate'>>
}

export interface ComparedFile {
  readonly name: string
  /** Encoding and separator, or sheet. */
  readonly read: string
  readonly rows: number
}

export interface ComparisonResult {
  readonly records: {
    readonly aligned: number
    readonly onlyFirst: number
    readonly onlySecond: number
  }
  readonly fields: Readonly<Record<string, FieldCounts>>
  readonly diagnoses: readonly Diagnosis[]
  readonly seconds: number
  readonly ruleVersion: string
  /** `inferred`: no form was given, every column is a text. */
  readonly form: { readonly name: string; readonly version: number; readonly inferred: boolean }
  readonly files: readonly ComparedFile[]
  readonly rules: readonly RuleCount[]
  /** What the reader should know, in words, without values. */
  readonly notes: readonly string[]
  /** Of entries: every pair of different people of a cell, not only the first two. */
  readonly everyPair?: Readonly<Record<string, FieldCounts>>
  readonly accuracy?: readonly Accuracy[]
  readonly dawidSkene?: WeighedReadings
}
