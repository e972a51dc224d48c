import { EM, openFace } from './face.ts'

/** Printed matter of the form: a book face, every letter exactly where it belongs. */

const PRINTED = { family: 'noto-serif', regular: 400, bold: 700 } as const

export function measurePrint(text: string, size: number): number {
  const face = openFace(PRINTED.family, PRINTED.regular)
  return [...text].reduce((width, letter) => width + face.glyph(letter).advance, 0) * (size / EM)
}

/** Text as paths, because a machine without fonts must draw the same page. */
export function printText(text: string, x: number, baseline: number, size: number): string {
  const face = openFace(PRINTED.family, PRINTED.regular)
  const scale = (size / EM).toFixed(4)
  let at = 0
  const letters = [...text].map((letter) => {
    const { outline, advance } = face.glyph(letter)
    const path = `<path transform="translate(${at.toFixed(0)})" d="${outline}"/>`
    at += advance
    return outline === '' ? '' : path
  })
  const place = `translate(${x.toFixed(1)} ${baseline.toFixed(1)}) scale(${scale})`
  return `<g transform="${place}">${letters.join('')}</g>`
}

/** Text around a circle, read from outside with its middle on top, as stamps carry it. */
export function printRound(text: string, radius: number, size: number, span: number): string {
  const face = openFace(PRINTED.family, PRINTED.bold)
  const glyphs = [...text].map((letter) => face.glyph(letter))
  const width = glyphs.reduce((sum, glyph) => sum + glyph.advance, 0)
  let at = 0
  const letters = glyphs.map(({ outline, advance }) => {
    const angle = ((at + advance / 2) / width - 0.5) * span
    at += advance
    const place = `rotate(${angle.toFixed(1)}) translate(0 ${-radius}) scale(${(size / EM).toFixed(4)})`
    return `<path transform="${place} translate(${(-advance / 2).toFixed(0)})" d="${outline}"/>`
  })
  return letters.join('')
}
