import { EM, type Face, openFace } from './face.ts'
import { between, pick, type Random } from './random.ts'

/** Typefaces that look written, each with the slants that suit it, in degrees. */
export const HAND_FACES = [
  { family: 'charm', weight: 400, slantMin: 0, slantMax: 7 },
  { family: 'charm', weight: 700, slantMin: 0, slantMax: 5 },
  { family: 'dancing-script', weight: 400, slantMin: -3, slantMax: 6 },
  { family: 'dancing-script', weight: 500, slantMin: -3, slantMax: 4 },
  { family: 'mali', weight: 400, slantMin: 2, slantMax: 14 },
  { family: 'pangolin', weight: 400, slantMin: 0, slantMax: 13 },
  { family: 'patrick-hand', weight: 400, slantMin: 2, slantMax: 14 },
  { family: 'playpen-sans', weight: 400, slantMin: 3, slantMax: 14 },
] as const

/** Blue, blue-black, violet and black inks. */
const INKS = ['#27408b', '#1f2f66', '#22305c', '#2a2f57', '#3c3a86', '#2b2b33', '#1d4596'] as const
/** A line that is too long is first pressed together down to this, then written smaller. */
const NARROWEST = 0.72

/** One clerk's way of writing: chosen once a page. */
export interface Hand {
  readonly face: Face
  readonly ink: string
  /** Size of the body of the letters, as a share of what the line would take. */
  readonly size: number
  readonly slant: number
  readonly width: number
  /** 0 would be a typewriter; 1 is an unsteady hand. */
  readonly tremor: number
  /** Thickness added to every stroke, in thousandths of an em. */
  readonly pen: number
}

export interface Line {
  readonly x: number
  readonly baseline: number
  readonly widthMax: number
  /** Height of the body of the letters, in pixels. */
  readonly bodyHeight: number
}

/** A piece of handwriting as SVG, and where it ends. */
export interface Written {
  readonly svg: string
  readonly end: number
}

export function chooseHand(random: Random): Hand {
  const { family, weight, slantMin, slantMax } = pick(random, HAND_FACES)
  return {
    face: openFace(family, weight),
    ink: pick(random, INKS),
    size: between(random, 0.92, 1.1),
    slant: Math.tan((between(random, slantMin, slantMax) * Math.PI) / 180),
    width: between(random, 0.94, 1.06),
    tremor: between(random, 0.25, 1),
    pen: between(random, 0, 16),
  }
}

/** Width of a text before anything is pressed together to fit its line. */
export function measureHand(hand: Hand, text: string, bodyHeight: number): number {
  const advance = [...text].reduce((sum, letter) => sum + hand.face.glyph(letter).advance, 0)
  return advance * hand.width * emPixels(hand, bodyHeight)
}

/** How much a text of this width must shrink: across, and as a whole. */
export function fitInto(width: number, widthMax: number): { across: number; whole: number } {
  const needed = Math.min(1, widthMax / width)
  const across = Math.max(NARROWEST, needed)
  return { across, whole: needed / across }
}

/** Writes one stretch of text; every letter is a little off its place, its angle and its size. */
export function writeText(
  hand: Hand,
  random: Random,
  text: string,
  line: Line,
  fit = fitInto(measureHand(hand, text, line.bodyHeight), line.widthMax),
): Written {
  const scale = emPixels(hand, line.bodyHeight) * fit.whole
  const across = hand.width * fit.across
  const drift = between(random, -1, 1) * hand.tremor * 0.012
  let x = line.x
  const paths = [...text].map((letter) => {
    const { outline, advance } = hand.face.glyph(letter)
    const place = shaken(hand, random, x, line.baseline + (x - line.x) * drift, scale, across)
    x += advance * scale * across
    return outline === '' ? '' : `<path transform="matrix(${place})" d="${outline}"/>`
  })
  const opacity = between(random, 0.86, 1).toFixed(2)
  return {
    svg: `<g fill-opacity="${opacity}" stroke-opacity="${opacity}">${paths.join('')}</g>`,
    end: x,
  }
}

/** The group around all writing of one hand. */
export function inHand(hand: Hand, svg: string, opacity: number): string {
  const stroke = `stroke="${hand.ink}" stroke-width="${hand.pen.toFixed(0)}"`
  return `<g fill="${hand.ink}" ${stroke} opacity="${opacity.toFixed(2)}">${svg}</g>`
}

function emPixels(hand: Hand, bodyHeight: number): number {
  return (bodyHeight * hand.size) / hand.face.bodyHeight
}

/** An SVG matrix: narrow, lean, turn by the tremor, move to its place. */
function shaken(
  hand: Hand,
  random: Random,
  x: number,
  baseline: number,
  scale: number,
  across: number,
): string {
  const { tremor } = hand
  const turn = between(random, -0.05, 0.05) * tremor
  const size = scale * (1 + between(random, -0.06, 0.06) * tremor)
  const lean = hand.slant + between(random, -0.04, 0.04) * tremor
  const shift = scale * EM * 0.03 * tremor
  const [cos, sin] = [Math.cos(turn) * size, Math.sin(turn) * size]
  const turned = [cos * across, sin * across, -lean * cos - sin, cos - lean * sin]
  const at = [x + between(random, -0.5, 0.5) * shift, baseline + between(random, -1, 1) * shift]
  return [...turned.map((n) => n.toFixed(4)), ...at.map((n) => n.toFixed(1))].join(' ')
}
