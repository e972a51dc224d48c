import { fileURLToPath } from 'node:url'
import * as fontkit from 'fontkit'

/** The packages split every typeface into subsets; a Vietnamese text needs all three. */
const SUBSETS = ['latin', 'vietnamese', 'latin-ext'] as const
/** Outlines are kept in whole thousandths of an em: finer is not seen and makes long drawings. */
export const EM = 1000

/** The outline of one letter as SVG path data: baseline at y = 0, downwards positive. */
interface Glyph {
  readonly outline: string
  readonly advance: number
}

/** A typeface joined from its subsets, with every letter's outline parsed once. */
export interface Face {
  /** Middle between the heights of x and of H: what the eye takes for the size of a writing. */
  readonly bodyHeight: number
  glyph(letter: string): Glyph
  has(letter: string): boolean
}

const opened = new Map<string, Face>()

/** Opens a typeface of an installed `@fontsource` package; the second time costs nothing. */
export function openFace(family: string, weight: number): Face {
  const key = `${family}-${weight}`
  const known = opened.get(key)
  if (known !== undefined) return known
  const face = joinSubsets(SUBSETS.map((subset) => openSubset(family, subset, weight)))
  opened.set(key, face)
  return face
}

function openSubset(family: string, subset: string, weight: number): fontkit.Font {
  const file = `@fontsource/${family}/files/${family}-${subset}-${weight}-normal.woff2`
  const font = fontkit.openSync(fileURLToPath(import.meta.resolve(file)))
  if (!('glyphForCodePoint' in font)) throw new TypeError(`${file} is a collection of fonts.`)
  return font
}

function joinSubsets(subsets: readonly fontkit.Font[]): Face {
  const glyphs = new Map<string, Glyph>()
  const subsetWith = (letter: string): fontkit.Font | undefined =>
    subsets.find((font) => font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0))
  const [first] = subsets
  if (first === undefined) throw new RangeError('A face needs at least one subset.')
  return {
    bodyHeight: ((first.xHeight + first.capHeight) / 2) * (EM / first.unitsPerEm),
    has: (letter) => subsetWith(letter) !== undefined,
    glyph(letter) {
      const known = glyphs.get(letter)
      if (known !== undefined) return known
      const font = subsetWith(letter)
      if (font === undefined) throw new RangeError(`No subset has the letter U+${hex(letter)}.`)
      const glyph = outlineOf(font, letter)
      glyphs.set(letter, glyph)
      return glyph
    },
  }
}

function outlineOf(font: fontkit.Font, letter: string): Glyph {
  const glyph = font.glyphForCodePoint(letter.codePointAt(0) ?? 0)
  const scale = EM / font.unitsPerEm
  const outline = glyph.path.commands.map(({ command, args }) => {
    const numbers = args.map((value, at) => Math.round(value * scale * (at % 2 === 0 ? 1 : -1)))
    return PATH_LETTERS[command] + numbers.join(' ')
  })
  return { outline: outline.join(''), advance: glyph.advanceWidth * scale }
}

const PATH_LETTERS = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
} as const

function hex(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}
