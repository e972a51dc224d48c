import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FieldDefinition, FormDefinition } from '@songnhap/contracts'

const FORM_FILE = join(import.meta.dirname, '../../forms/birth-register.v1.json')
/** In pixels of the page that `samples` draws, 1240 × 1754, for the first of its three records. */
const PLACES: Readonly<Record<string, readonly [x: number, width: number, row: number]>> = {
  number: [135, 140, 0],
  registeredOn: [480, 190, 0],
  childName: [235, 310, 1],
  sex: [650, 80, 1],
  ethnicity: [820, 110, 1],
  nationality: [1010, 140, 1],
  bornOn: [265, 265, 2],
  birthplace: [625, 525, 2],
  nativePlace: [180, 970, 3],
  motherName: [313, 410, 5.05],
  fatherName: [738, 410, 5.05],
  motherBorn: [313, 410, 6.05],
  fatherBorn: [738, 410, 6.05],
  declarantName: [215, 480, 7.05],
}
const PAGE = { width: 1240, height: 1754 }
const [TOP, ROW, STEP] = [154, 52.46, 514.67]
const LAYOUT = 'three-records'

/** The sample register, told where its fields stand on a page of three records. */
export function threeRecordForm(): FormDefinition {
  const form = JSON.parse(readFileSync(FORM_FILE, 'utf8')) as FormDefinition
  return {
    ...form,
    name: 'birth-register-zoned',
    recordsMax: 4,
    fields: form.fields.map(withZone),
    layouts: [
      {
        name: LAYOUT,
        label: { vi: 'Ba bản ghi', en: 'Three records' },
        recordStep: { x: 0, y: STEP / PAGE.height },
      },
    ],
  }
}

function withZone(field: FieldDefinition): FieldDefinition {
  const place = PLACES[field.name]
  if (place === undefined) return field
  const [x, width, row] = place
  const zone = {
    layout: LAYOUT,
    x: x / PAGE.width,
    y: (TOP + row * ROW) / PAGE.height,
    width: width / PAGE.width,
    height: ROW / PAGE.height,
  }
  return { ...field, zones: [zone], dittoFrom: 'record-above' }
}
