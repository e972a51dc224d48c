import type { FormDefinition, TypedRecords } from '@songnhap/contracts'
import type { Size } from '../desk/strip-view.ts'

/** A drawn page whose content is known. Nothing of it comes from anybody's register. */
export interface Lesson {
  readonly name: string
  readonly url: string
  readonly size: Size
  readonly form: FormDefinition
  readonly truth: TypedRecords
  /** To be handed back instead of typed. */
  readonly unreadable: boolean
}
