import type { FieldDefinition, FormDefinition, Zone } from '@songnhap/contracts'

/** A place on the page in fractions of the image. */
export type Area = Pick<Zone, 'x' | 'y' | 'width' | 'height'>

/** Where a book's records stand when its form does not say: as a typist once drew it. */
export interface Band {
  readonly area: Area
  /** From one record to the next. */
  readonly step: number
  /** The drawing that it comes from last. */
  readonly drawn?: { readonly page: number; readonly place: number; readonly y: number }
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** How the image lies behind the strip: image point times `scale`, moved by `left` and `top`. */
export interface StripView {
  readonly scale: number
  readonly left: number
  readonly top: number
  /** The place itself, in the strip. */
  readonly frame: { readonly left: number; readonly top: number } & Size
}

/** The middle of the handwriting stands here in the strip, with a line of context above and below. */
const MIDDLE = 0.55
/** Right of the place, so that its end is seen. */
const MARGIN = 16
/** Of an A4 page at 150 dots an inch, beyond which a display copy only gets softer. */
const PAGE_WIDTH_MAX = 1.4 * 1240
const HEIGHT_SHARE_MAX = 0.8
/** Of a whole record nothing around it is shown. */
const WHOLE_SHARE = 0.94

/** Where a field of the record at this place (from 0) stands; undefined where nobody knows. */
export function areaOf(
  form: FormDefinition,
  field: FieldDefinition,
  place: number,
  band: Band | undefined,
): Area | undefined {
  const [zone] = field.zones ?? []
  if (zone !== undefined) {
    const layout = form.layouts?.find(({ name }) => name === zone.layout)
    const { x = 0, y = 0 } = layout?.recordStep ?? {}
    return inside({ ...zone, x: zone.x + x * place, y: zone.y + y * place })
  }
  if (band === undefined) return undefined
  return inside({ ...band.area, y: band.area.y + band.step * place })
}

/** All of a record that the form knows, for the frame on the page picture. */
export function recordArea(
  form: FormDefinition,
  place: number,
  band: Band | undefined,
): Area | undefined {
  const areas = form.fields.flatMap((field) => areaOf(form, field, place, band) ?? [])
  if (areas.length === 0) return undefined
  const x = Math.min(...areas.map((area) => area.x))
  const y = Math.min(...areas.map((area) => area.y))
  const right = Math.max(...areas.map((area) => area.x + area.width))
  const bottom = Math.max(...areas.map((area) => area.y + area.height))
  return { x, y, width: right - x, height: bottom - y }
}

function inside({ x, y, width, height }: Area): Area {
  const left = clamp(x, 0, 1)
  const top = clamp(y, 0, 1)
  return { x: left, y: top, width: Math.min(width, 1 - left), height: Math.min(height, 1 - top) }
}

/**
 * The strip of a place: as large as fits, its left edge over the left edge of the letters that are
 * being typed, so that comparing is a glance down.
 */
export function viewOf(
  area: Area,
  image: Size,
  strip: Size,
  textLeft: number,
  zoom = 1,
  whole = false,
): StripView {
  const [width, height] = [
    Math.max(1, area.width * image.width),
    Math.max(1, area.height * image.height),
  ]
  const room = whole ? strip.width * WHOLE_SHARE : Math.max(1, strip.width - textLeft - MARGIN)
  const share = whole ? WHOLE_SHARE : HEIGHT_SHARE_MAX
  const fits = Math.min(room / width, (strip.height * share) / height)
  const scale = Math.min(fits, PAGE_WIDTH_MAX / image.width) * zoom
  // A place as wide as the page has no room for the captions beside the letters.
  const wide = !whole && width * scale > strip.width - textLeft
  const middling = whole ? (strip.width - width * scale) / 2 : textLeft
  const left =
    (wide ? Math.min(textLeft, Math.max(0, strip.width - width * scale)) : middling) -
    area.x * image.width * scale
  const middle = (area.y * image.height + height / 2) * scale
  const top = strip.height * (whole ? 0.5 : MIDDLE) - middle
  const frame = {
    left: left + area.x * image.width * scale,
    top: top + area.y * image.height * scale,
    width: width * scale,
    height: height * scale,
  }
  return { scale, left, top, frame }
}

/** How high a strip has to be for a whole record as wide as this. */
export function bandHeight({ area }: Band, image: Size, width: number): number {
  const wide = Math.max(1, area.width * image.width)
  return (area.height * image.height * width) / wide / WHOLE_SHARE
}

/** Frames drawn by hand around records of one height differ by less. */
const ALIKE_MAX = 1.25

/**
 * What was drawn around a record, as a band. The first drawing says how high records are and a second one
 * on the same page how far apart; on a page that is laid out otherwise both may be other ones.
 */
export function bandOf(
  drawn: Area,
  { page, place }: { readonly page: number; readonly place: number },
  before: Band | undefined,
): Band {
  const here = { page, place, y: drawn.y }
  const last = before?.drawn
  if (before !== undefined && last?.page === page && last.place !== place) {
    const step = (drawn.y - last.y) / (place - last.place)
    if (step > 0) return { area: { ...before.area, y: drawn.y - step * place }, step, drawn: here }
  }
  // Whoever did not draw the first record again found it in its place.
  if (before !== undefined && last?.page !== page && place > 0) {
    const step = (drawn.y - before.area.y) / place
    if (step > 0) return { area: { ...drawn, y: before.area.y }, step, drawn: here }
  }
  const step = before === undefined ? drawn.height : stepFor(drawn.height, before)
  return { area: { ...drawn, y: drawn.y - step * place }, step, drawn: here }
}

/** Higher records are further apart. What nobody measured yet is as far as they are high. */
function stepFor(height: number, { area, step }: Band): number {
  if (step === area.height) return height
  const ratio = height / area.height
  return ratio < ALIKE_MAX && ratio > 1 / ALIKE_MAX ? step : step * ratio
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
