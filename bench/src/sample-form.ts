import { readFileSync } from 'node:fs'
import { readFormDefinition } from '@songnhap/forms'

const FILE = new URL('../../forms/birth-register.v1.json', import.meta.url)

/** The form that the sample pages are made for. */
export const SAMPLE_FORM = readFormDefinition(JSON.parse(readFileSync(FILE, 'utf8')))
