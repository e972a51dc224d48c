import type { BirthField } from './birth-fields.ts'
import { type PagePlan, planPage } from './plan-page.ts'
import type { WrittenField } from './spoil-field.ts'

/** One page of a typist's first day: what stands on it, and which of it is asked. */
export interface LessonPlan {
  readonly name: string
  /** Draws hand, ink and paper. */
  readonly seed: number
  /** Of the page's three records the first so many are shown. */
  readonly records: number
  readonly fields: readonly BirthField[]
  readonly page: PagePlan
  /** So that nobody can read it, and it has to be handed back. */
  readonly blurred: boolean
}

type Written = Readonly<Partial<Record<BirthField, WrittenField>>>

const BASE_SEED = 7
/** A page of three records; what the lessons do not set stands there as it was invented. */
const BASE_INDEX = 0

export const LESSON_PLANS: readonly LessonPlan[] = [
  lesson(
    'as-written',
    23,
    ['childName', 'motherName', 'fatherName'],
    [
      {
        childName: plain('Lương Thị Xuyến'),
        sex: plain('Nữ'),
        ethnicity: plain('Thái'),
        motherName: plain('Vi Thị Thường'),
        fatherName: plain('Lương Văn Tuyển'),
        declarantName: plain('Lương Văn Tuyển'),
      },
    ],
  ),
  lesson(
    'dates',
    12,
    ['registeredOn', 'motherBorn', 'fatherBorn'],
    [
      {
        registeredOn: plain('12-3-2003'),
        bornOn: plain('25-2-2003'),
        motherBorn: plain('tháng 3 năm 1981'),
        fatherBorn: plain('1979'),
      },
    ],
  ),
  lesson(
    'choices-and-blanks',
    13,
    ['sex', 'fatherName', 'fatherBorn', 'declarantName'],
    [
      {
        childName: plain('Lô Thị Hoài'),
        sex: plain('Nữ'),
        ethnicity: plain('Thái'),
        motherName: plain('Lô Thị Mận'),
        fatherName: dashed(),
        fatherBorn: dashed(),
        declarantName: plain('Lô Thị Mận'),
      },
    ],
  ),
  lesson(
    'hard-to-read',
    14,
    ['childName', 'motherName', 'declarantName'],
    [
      {
        ethnicity: plain('Thái'),
        fatherName: plain('Hà Văn Khăm'),
        childName: {
          reading: { value: 'Hà Văn ?', mark: 'partly-legible', origin: 'typed' },
          writing: words('Hà Văn Thưởng'),
          blot: 'cover-end',
        },
        motherName: {
          reading: { value: '', mark: 'illegible', origin: 'typed' },
          writing: words('Lữ Thị Hồng'),
          blot: 'cover',
        },
        declarantName: {
          reading: { value: '', mark: 'struck-out', origin: 'typed' },
          writing: { kind: 'words', runs: [{ text: 'Hà Văn Quang', struck: true }] },
        },
      },
    ],
  ),
  lesson(
    'as-above',
    15,
    ['childName', 'birthplace'],
    [
      {
        childName: plain('Kha Thị Nga'),
        sex: plain('Nữ'),
        ethnicity: plain('Thái'),
        motherName: plain('Lương Thị Hoài'),
        fatherName: plain('Kha Văn Tuyên'),
        declarantName: plain('Kha Văn Tuyên'),
        birthplace: plain('Trạm y tế xã Bản Mùng'),
      },
      {
        childName: plain('Lô Văn Hoà'),
        sex: plain('Nam'),
        fatherName: plain('Lô Văn Diệm'),
        declarantName: plain('Lô Văn Diệm'),
        birthplace: {
          reading: { value: '', mark: 'ditto', origin: 'typed' },
          writing: words('nt'),
        },
      },
    ],
  ),
  { ...lesson('hand-back', 16, ['childName'], [{}]), blurred: true },
]

function lesson(
  name: string,
  seed: number,
  fields: readonly BirthField[],
  written: readonly Written[],
): LessonPlan {
  const base = planPage(BASE_SEED, BASE_INDEX)
  const records = base.records.map((record, at) => ({
    ...record,
    fields: { ...record.fields, ...written[at] },
  }))
  const page = { ...base, records }
  return { name, seed, records: written.length, fields, page, blurred: false }
}

function words(text: string): WrittenField['writing'] {
  return { kind: 'words', runs: [{ text, struck: false }] }
}

function plain(value: string): WrittenField {
  return { reading: { value, origin: 'typed' }, writing: words(value) }
}

function dashed(): WrittenField {
  return {
    reading: { value: '', mark: 'blank', origin: 'typed' },
    writing: { kind: 'nothing', dashed: true },
  }
}
