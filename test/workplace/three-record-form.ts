import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FormDefinition } from '@songnhap/contracts'

const FORM_FILE = join(import.meta.dirname, '../../forms/birth-register.v2.json')

/** The sample register, whose form says where its fields stand on a page of three records. */
export function threeRecordForm(): FormDefinition {
  const form = JSON.parse(readFileSync(FORM_FILE, 'utf8')) as FormDefinition
  return { ...form, name: 'birth-register-zoned', recordsMax: 4 }
}
