import { blob } from './draw-marks.ts'
import { PAGE } from './form-layout.ts'
import { between, chance, pick, type Random } from './random.ts'

const STAIN_CHANCE = 0.4
const FOLD_CHANCE = 0.25
const TORN_CHANCE = 0.12
const EDGE_STEPS = 24
const STAIN = '#c9a877'

type Point = readonly [x: number, y: number]

/**
 * Age and scanner as SVG that is multiplied with the page: darker edges, stains, a fold, and the
 * dark bed of the scanner around the sheet. White leaves the page as it is.
 */
export function drawWear(random: Random): string {
  const parts = [
    `<rect x="-60" y="-60" width="${PAGE.width + 120}" height="${PAGE.height + 120}" fill="#fff"/>`,
    vignette(random),
    ...(chance(random, STAIN_CHANCE) ? [stain(random)] : []),
    ...(chance(random, FOLD_CHANCE) ? [fold(random)] : []),
    scannerBed(sheetEdge(random)),
  ]
  return parts.join('')
}

function vignette(random: Random): string {
  const [x, y] = [between(random, 0.4, 0.6), between(random, 0.4, 0.6)]
  const edge = between(random, 0.25, 0.5).toFixed(2)
  const stops = [
    '<stop offset="0.55" stop-color="#b89a66" stop-opacity="0"/>',
    `<stop offset="1" stop-color="#b89a66" stop-opacity="${edge}"/>`,
  ].join('')
  const centre = `cx="${x.toFixed(2)}" cy="${y.toFixed(2)}"`
  const gradient = `<radialGradient id="age" ${centre} r="0.8">${stops}</radialGradient>`
  return `<defs>${gradient}</defs><rect width="${PAGE.width}" height="${PAGE.height}" fill="url(#age)"/>`
}

/** A dried puddle: pale inside, with a darker rim. */
function stain(random: Random): string {
  const [x, y] = [between(random, 80, PAGE.width - 80), between(random, 200, PAGE.height - 120)]
  const reach = between(random, 60, 190)
  const edge = blob(random, x, y, reach * between(random, 0.8, 1.3), reach)
  const opacity = between(random, 0.25, 0.55)
  const inside = `<path opacity="0.7" d="${edge}"/>`
  const rim = `<path fill="none" stroke="${STAIN}" stroke-width="5" opacity="0.8" d="${edge}"/>`
  return `<g fill="${STAIN}" opacity="${opacity.toFixed(2)}">${inside}${rim}</g>`
}

function fold(random: Random): string {
  const y = PAGE.height / 2 + between(random, -60, 60)
  const end = y + between(random, -6, 6)
  const line = (shift: number, colour: string, width: number) =>
    `<path fill="none" stroke="${colour}" stroke-width="${width}" d="M0 ${y + shift}L${PAGE.width} ${end + shift}"/>`
  return line(0, '#d8cbb0', 2) + line(3, '#ece4d3', 4)
}

/** The outline of the sheet, clockwise; one corner may be torn off outside the printed frame. */
function sheetEdge(random: Random): Point[] {
  const inset = () => between(random, 14, 20)
  const [left, top] = [inset(), inset()]
  const [right, bottom] = [PAGE.width - inset(), PAGE.height - inset()]
  const corners: readonly Point[] = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]
  const torn = chance(random, TORN_CHANCE) ? pick(random, corners) : undefined
  const outline = corners.flatMap((corner): Point[] => {
    if (corner !== torn) return [corner]
    const [x, y] = corner
    const inwardX: Point = [x + Math.sign(PAGE.width / 2 - x) * between(random, 50, 100), y]
    const inwardY: Point = [x, y + Math.sign(PAGE.height / 2 - y) * between(random, 50, 100)]
    // At these two corners the walk around the sheet arrives along the vertical side.
    const verticalFirst = x === left ? y === top : y === bottom
    return verticalFirst ? [inwardY, inwardX] : [inwardX, inwardY]
  })
  return outline.flatMap((from, at) => roughen(random, from, outline[(at + 1) % outline.length]))
}

function roughen(random: Random, from: Point, to: Point = from): Point[] {
  const torn = from[0] !== to[0] && from[1] !== to[1]
  const jag = torn ? 3.5 : 0.8
  return Array.from({ length: EDGE_STEPS }, (_, step) => {
    const share = step / EDGE_STEPS
    return [
      from[0] + (to[0] - from[0]) * share + between(random, -jag, jag),
      from[1] + (to[1] - from[1]) * share + between(random, -jag, jag),
    ] as const
  })
}

function scannerBed(edge: readonly Point[]): string {
  const outline = edge.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')
  const around = `M-60 -60H${PAGE.width + 60}V${PAGE.height + 60}H-60Z`
  const shade = `<path fill="none" stroke="#8d7c5e" stroke-width="7" opacity="0.35" d="M${outline}Z"/>`
  return `${shade}<path fill="#37322b" fill-rule="evenodd" d="${around}M${outline}Z"/>`
}
