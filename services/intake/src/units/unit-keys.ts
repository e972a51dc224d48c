import { normaliseText, placeTones } from '@songnhap/comparators'

/** What a name says first of its unit, the longest first. */
const TYPES: readonly string[] = [
  'thành phố',
  'thủ đô',
  'thị trấn',
  'đặc khu',
  'phường',
  'thị xã',
  'huyện',
  'quận',
  'tỉnh',
  'xã',
]
const MARKS = /\p{M}/gu
const AROUND_HYPHEN = /\s*[-–]\s*/g
const APOSTROPHE = /[’ʼ`´]/g

/** A name as it is looked for. */
export interface UnitKeys {
  /** Tone marks in one place, small letters. Every mark stays: Hoa Sơn and Hòa Sơn are two places. */
  readonly name: string
  /** Without the type. */
  readonly bare: string
  /** Without the type and any mark; for suggestions only. */
  readonly folded: string
  /** `thi-tran`, where the name says it. */
  readonly type: string | undefined
}

export function unitKeys(text: string): UnitKeys {
  const name = placeTones(normaliseText(text))
    .toLowerCase()
    .trim()
    .replace(AROUND_HYPHEN, '-')
    .replace(APOSTROPHE, "'")
  const type = TYPES.find((one) => name.startsWith(`${one} `))
  const bare = type === undefined ? name : name.slice(type.length + 1)
  const slug = type === undefined ? undefined : fold(type).replaceAll(' ', '-')
  return { name, bare, folded: fold(bare), type: slug }
}

function fold(text: string): string {
  return text.normalize('NFD').replace(MARKS, '').replaceAll('đ', 'd')
}
