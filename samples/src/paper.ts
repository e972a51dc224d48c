import { PAGE } from './form-layout.ts'
import { between, chance, createRandom, pick, type Random, whole } from './random.ts'

/** Side of the repeated piece of paper; a power of two, so that wrapping around is a mask. */
const TILE_SIDE = 1024
const TILE_MASK = TILE_SIDE - 1
/** Size of the features of the paper in pixels, and how strong each is. */
const TEXTURE = [
  { cell: 256, strength: 5 },
  { cell: 64, strength: 3 },
  { cell: 8, strength: 2.6 },
  { cell: 2, strength: 3.4 },
] as const
const GRAIN = 4.2

const TONES = [
  [238, 226, 200],
  [233, 222, 196],
  [240, 231, 210],
  [228, 214, 184],
  [235, 230, 214],
] as const

/** How one sheet of paper differs from the next. */
export interface Sheet {
  readonly tone: readonly [number, number, number]
  readonly offset: readonly [x: number, y: number]
  readonly contrast: number
  /** How strongly the writing of the other side shows through, from 0. */
  readonly showThrough: number
}

export function chooseSheet(random: Random): Sheet {
  return {
    tone: pick(random, TONES),
    offset: [whole(random, 0, TILE_MASK), whole(random, 0, TILE_MASK)],
    contrast: between(random, 0.7, 1.25),
    showThrough: chance(random, 0.6) ? between(random, 0.02, 0.07) : 0,
  }
}

/** Wear has soft edges: drawn at half the size it looks the same and takes a quarter of the time. */
export const WEAR_SCALE = 0.5

/**
 * Lays ink on paper, darkens it by its wear (both RGBA as drawn) and gives RGB. The other side is
 * this side's own ink, mirrored and blurred: too faint to be read, and no second drawing.
 */
export function layInkOnPaper(ink: Uint8Array, wear: Uint8Array, sheet: Sheet): Uint8ClampedArray {
  const { width, height } = PAGE
  const tile = paperTile()
  const { tone } = sheet
  const out = new Uint8ClampedArray(width * height * 3)
  const behind = sheet.showThrough / (3 * 255)
  for (let y = 0; y < height; y += 1) {
    const wearRow = Math.floor(y * WEAR_SCALE) * width * WEAR_SCALE
    const tileRow = ((y + sheet.offset[1]) & TILE_MASK) * TILE_SIDE
    const mirrored = (Math.min(height - 1, y + 19) * width + width - 1) * 4 + 3
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4
      const to = (y * width + x) * 3
      const rough = (tile[tileRow + ((x + sheet.offset[0]) & TILE_MASK)] ?? 0) * sheet.contrast
      const back = mirrored - x * 4
      const ghost = (ink[back] ?? 0) + (ink[back - 8] ?? 0) + (ink[back + 8] ?? 0)
      const light = 1 - ghost * behind
      // Rough paper takes ink unevenly, which keeps strokes from looking printed.
      const cover = ((ink[from + 3] ?? 0) / 255) * (0.93 + rough * 0.006)
      const bare = light * (1 - cover)
      const worn = (wearRow + Math.floor(x * WEAR_SCALE)) * 4
      for (let channel = 0; channel < 3; channel += 1) {
        const paper = ((tone[channel] ?? 0) + rough) * bare
        const both = paper + (ink[from + channel] ?? 0) * cover
        out[to + channel] = (both * (wear[worn + channel] ?? 0)) / 255
      }
    }
  }
  return out
}

let madeTile: Float32Array | undefined

/** The same piece of paper serves every page, so only the first page waits for it. */
function paperTile(): Float32Array {
  madeTile ??= makeTile()
  return madeTile
}

function makeTile(): Float32Array {
  const random = createRandom(0, 'paper')
  const tile = Float32Array.from({ length: TILE_SIDE ** 2 }, () => between(random, -1, 1) * GRAIN)
  for (const { cell, strength } of TEXTURE) addClouds(tile, random, cell, strength)
  return tile
}

/** Adds smooth noise: random heights on a grid, joined by straight slopes, wrapping at the edges. */
function addClouds(tile: Float32Array, random: Random, cell: number, strength: number) {
  const cells = TILE_SIDE / cell
  const heights = Float32Array.from({ length: cells ** 2 }, () => between(random, -1, 1) * strength)
  const height = (column: number, row: number): number =>
    heights[(row % cells) * cells + (column % cells)] ?? 0
  for (let y = 0; y < TILE_SIDE; y += 1) {
    const row = Math.floor(y / cell)
    const down = (y % cell) / cell
    for (let x = 0; x < TILE_SIDE; x += 1) {
      const column = Math.floor(x / cell)
      const right = (x % cell) / cell
      const upper = height(column, row) * (1 - right) + height(column + 1, row) * right
      const lower = height(column, row + 1) * (1 - right) + height(column + 1, row + 1) * right
      const at = y * TILE_SIDE + x
      tile[at] = (tile[at] ?? 0) + upper * (1 - down) + lower * down
    }
  }
}
