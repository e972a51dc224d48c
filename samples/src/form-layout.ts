import type { BirthField } from './birth-fields.ts'
import { measurePrint } from './print.ts'

/** A4 at 150 dots per inch. */
export const PAGE = { width: 1240, height: 1754 } as const

const FRAME = { left: 92, right: 1162, top: 142, bottom: 1676 } as const
const RECORD_GAP = 10
const ROW_HEIGHT_MAX = 62
const TABLE_HEAD_ROWS = 0.62
/** Four rows above the table, its head, two rows in it, one below, and one for notes. */
const ROWS = 4 + TABLE_HEAD_ROWS + 2 + 1 + 1
const TABLE_CAPTIONS_SHARE = 0.19
const BASELINE_IN_ROW = 0.72
const RULE_BELOW_BASELINE = 0.06
const CAPTION_SPACE = 8

interface Caption {
  readonly text: string
  readonly x: number
  readonly baseline: number
}

/** Where one value is written. */
export interface Box {
  readonly x: number
  readonly baseline: number
  readonly width: number
}

export interface Rule {
  readonly from: readonly [x: number, y: number]
  readonly to: readonly [x: number, y: number]
  readonly dotted: boolean
}

/** One record of the printed form. */
export interface RecordLayout {
  readonly captions: readonly Caption[]
  readonly rules: readonly Rule[]
  readonly boxes: ReadonlyMap<BirthField, Box>
  readonly tickBoxes: readonly Box[]
  readonly signature: Box
}

export interface FormLayout {
  readonly rowHeight: number
  readonly captionSize: number
  readonly records: readonly RecordLayout[]
}

type Cell = readonly [caption: string, share: number, field?: BirthField | 'tick' | 'signature']

const ROWS_ABOVE: readonly (readonly Cell[])[] = [
  [
    ['Số:', 0.18, 'number'],
    ['Ngày, tháng, năm đăng ký:', 0.41, 'registeredOn'],
    ['Đúng hạn', 0.13, 'tick'],
    ['Quá hạn', 0.12, 'tick'],
    ['Đăng ký lại', 0.16, 'tick'],
  ],
  [
    ['Họ, chữ đệm, tên:', 0.45, 'childName'],
    ['Nam, nữ:', 0.15, 'sex'],
    ['Dân tộc:', 0.17, 'ethnicity'],
    ['Quốc tịch:', 0.23, 'nationality'],
  ],
  [
    ['Ngày, tháng, năm sinh:', 0.42, 'bornOn'],
    ['Nơi sinh:', 0.58, 'birthplace'],
  ],
  [['Quê quán:', 1, 'nativePlace']],
]
const ROWS_OF_TABLE: readonly (readonly [string, BirthField, BirthField])[] = [
  ['Họ và tên', 'motherName', 'fatherName'],
  ['Ngày, tháng, năm sinh', 'motherBorn', 'fatherBorn'],
]
const ROW_BELOW: readonly Cell[] = [
  ['Người đi khai:', 0.58, 'declarantName'],
  ['Người ký:', 0.42, 'signature'],
]

/** The printed form with this many records, filling the page. */
export function layoutForm(recordCount: number): FormLayout {
  const height = (FRAME.bottom - FRAME.top - RECORD_GAP * (recordCount - 1)) / recordCount
  const rowHeight = Math.min(ROW_HEIGHT_MAX, height / ROWS)
  const captionSize = 12.5 + rowHeight * 0.07
  const records = Array.from({ length: recordCount }, (_, at) =>
    layoutRecord(FRAME.top + at * (height + RECORD_GAP), height, rowHeight, captionSize),
  )
  return { rowHeight, captionSize, records }
}

/** A record as it grows from top to bottom. */
interface Draft {
  captions: Caption[]
  rules: Rule[]
  boxes: Map<BirthField, Box>
  tickBoxes: Box[]
  signature: Box
}

function layoutRecord(top: number, height: number, row: number, size: number): RecordLayout {
  const draft: Draft = {
    captions: [],
    rules: frame(FRAME.left, top, FRAME.right, top + height),
    boxes: new Map(),
    tickBoxes: [],
    signature: { x: 0, baseline: 0, width: 0 },
  }
  ROWS_ABOVE.forEach((cells, at) => {
    addRow(draft, cells, top + at * row, row, size)
  })
  const tableTop = top + (ROWS_ABOVE.length + 0.12) * row
  addTable(draft, tableTop, row, size)
  const belowTop = tableTop + (TABLE_HEAD_ROWS + ROWS_OF_TABLE.length) * row
  addRow(draft, ROW_BELOW, belowTop, row, size)
  addNotes(draft, belowTop + row, top + height, row)
  return draft
}

function addRow(draft: Draft, cells: readonly Cell[], top: number, row: number, size: number) {
  const baseline = top + row * BASELINE_IN_ROW
  let x = FRAME.left + 12
  for (const [text, share, field] of cells) {
    const end = x + share * (FRAME.right - FRAME.left - 24)
    const indent = field === 'tick' ? size * 1.3 : 0
    draft.captions.push({ text, x: x + indent, baseline })
    const start = x + indent + measurePrint(text, size) + CAPTION_SPACE
    const box = { x: start, baseline, width: end - start - 14 }
    if (field === 'tick') draft.tickBoxes.push({ x, baseline, width: size * 0.85 })
    else draft.rules.push(dotted(start - 4, end - 6, baseline + row * RULE_BELOW_BASELINE))
    if (field === 'signature') draft.signature = box
    else if (field !== undefined && field !== 'tick') draft.boxes.set(field, box)
    x = end
  }
}

function addTable(draft: Draft, top: number, row: number, size: number) {
  const [left, right] = [FRAME.left + 12, FRAME.right - 12]
  const first = left + TABLE_CAPTIONS_SHARE * (right - left)
  const middle = (first + right) / 2
  const head = top + row * TABLE_HEAD_ROWS
  const bottom = head + row * ROWS_OF_TABLE.length
  const inHead = top + row * TABLE_HEAD_ROWS * 0.5 + size * 0.32
  draft.captions.push({ text: 'Phần khai về cha, mẹ', x: left + 6, baseline: inHead })
  for (const [text, from] of [
    ['NGƯỜI MẸ', first],
    ['NGƯỜI CHA', middle],
  ] as const) {
    const x = from + (right - middle - measurePrint(text, size)) / 2
    draft.captions.push({ text, x, baseline: inHead })
  }
  ROWS_OF_TABLE.forEach(([text, mother, father], at) => {
    const baseline = head + (at + BASELINE_IN_ROW) * row
    draft.captions.push({ text, x: left + 6, baseline })
    draft.boxes.set(mother, { x: first + 10, baseline, width: middle - first - 22 })
    draft.boxes.set(father, { x: middle + 10, baseline, width: right - middle - 22 })
    draft.rules.push(solid(left, head + at * row, right, head + at * row))
  })
  draft.rules.push(...frame(left, top, right, bottom))
  for (const x of [first, middle]) draft.rules.push(solid(x, top, x, bottom))
}

/** What is left of a record's height is room for notes, ruled with dots. */
function addNotes(draft: Draft, top: number, bottom: number, row: number) {
  const lines = Math.max(1, Math.floor((bottom - top) / row))
  const left = FRAME.left + 12
  draft.captions.push({ text: 'Ghi chú:', x: left, baseline: top + row * BASELINE_IN_ROW })
  for (let at = 0; at < lines; at += 1) {
    const start = at === 0 ? left + row * 1.9 : left
    draft.rules.push(
      dotted(start, FRAME.right - 18, top + (at + BASELINE_IN_ROW + RULE_BELOW_BASELINE) * row),
    )
  }
}

function frame(left: number, top: number, right: number, bottom: number): Rule[] {
  return [
    solid(left, top, right, top),
    solid(left, bottom, right, bottom),
    solid(left, top, left, bottom),
    solid(right, top, right, bottom),
  ]
}

function solid(x1: number, y1: number, x2: number, y2: number): Rule {
  return { from: [x1, y1], to: [x2, y2], dotted: false }
}

function dotted(x1: number, x2: number, y: number): Rule {
  return { from: [x1, y], to: [x2, y], dotted: true }
}
