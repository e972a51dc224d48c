import { normaliseText } from '@songnhap/comparators'
import { unitKeys } from './unit-keys.ts'

/** A unit that another was made of, as words tell it. */
export interface NamedPredecessor {
  readonly words: string
  /** With its type, as `Xã Minh Sơn`. */
  readonly name: string
  /** The unit above it, as `huyện Đô Lương`, where the words add it. */
  readonly within?: string
  readonly part: 'whole' | 'part'
}

export interface MadeFrom {
  /** The unit was there and stayed as it was. */
  readonly kept: boolean
  readonly named: readonly NamedPredecessor[]
  /** From where on it is more than names; empty where all was understood. */
  readonly rest: string
}

const KEPT = /^giữ nguyên$/iu
/** Commas and `và` between names, but not within brackets. */
const BETWEEN = /(?:,| và (?=\p{Lu}|xã |phường |thị |tỉnh |thành ))(?![^()]*\))/u
const NAME_AND_BRACKETS = /^([^()]+?)(?:\s*\(([^()]*)\))?$/u
const PART = /^phần còn lại/iu
/** Names have few words; `quy mô dân số của các phường …` does not begin with a type either way. */
const NAME_LENGTH_MAX = 60

/**
 * What words like `Thị trấn Dùng, Xã Đồng Văn (huyện Thanh Chương)` name. Reading stops where there is
 * more than a name: `một phần diện tích … của các phường A, B` does not tell where the parts end.
 */
export function readMadeFrom(words: string): MadeFrom {
  const text = normaliseText(words).trim()
  if (KEPT.test(text)) return { kept: true, named: [], rest: '' }
  const pieces = text.split(BETWEEN).map((piece) => piece.trim())
  const named: NamedPredecessor[] = []
  for (const [index, piece] of pieces.entries()) {
    const one = readOne(piece)
    if (one === undefined) return { kept: false, named, rest: pieces.slice(index).join(', ') }
    named.push(one)
  }
  return { kept: false, named, rest: '' }
}

function readOne(words: string): NamedPredecessor | undefined {
  const [, name = '', brackets] = NAME_AND_BRACKETS.exec(words) ?? []
  if (name === '' || name.length > NAME_LENGTH_MAX || /[.;:]/.test(name)) return undefined
  if (unitKeys(name).type === undefined) return undefined
  if (brackets === undefined) return { words, name, part: 'whole' }
  if (PART.test(brackets)) return { words, name, part: 'part' }
  return unitKeys(brackets).type === undefined
    ? undefined
    : { words, name, within: brackets, part: 'whole' }
}
