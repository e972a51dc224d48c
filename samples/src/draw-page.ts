import sharp, { type Sharp } from 'sharp'
import { drawForm, pageSvg } from './draw-form.ts'
import { drawInk } from './draw-ink.ts'
import { stamp } from './draw-marks.ts'
import { drawWear } from './draw-wear.ts'
import { PAGE } from './form-layout.ts'
import { chooseHand } from './handwriting.ts'
import { chooseSheet, layInkOnPaper, type Sheet, WEAR_SCALE } from './paper.ts'
import type { PagePlan } from './plan-page.ts'
import { between, chance, type Random } from './random.ts'

const JPEG_QUALITY = 80
const SKEW_MAX_DEGREES = 1
const STAMP_CHANCE = 0.4

/** A page before it is made of pixels. */
export interface PageDrawing {
  readonly ink: Buffer
  readonly wear: Buffer
  readonly sheet: Sheet
}

/** Draws a planned page as a scanner would give it. */
export async function drawPage(plan: PagePlan, random: Random): Promise<Buffer> {
  const page = await printPage(composePage(plan, random))
  return page.withMetadata({ density: 150 }).jpeg({ quality: JPEG_QUALITY }).toBuffer()
}

export function composePage(plan: PagePlan, random: Random): PageDrawing {
  const form = drawForm(plan.records.length)
  const skew = between(random, -SKEW_MAX_DEGREES, SKEW_MAX_DEGREES)
  const writing = drawInk(plan, form, chooseHand(random), random)
  const stamped = chance(random, STAMP_CHANCE) ? stamp(random, plan.commune.name) : ''
  const ink = pageSvg(form.svg + writing + stamped, skew)
  const wear = pageSvg(drawWear(random), skew, WEAR_SCALE)
  return { ink, wear, sheet: chooseSheet(random) }
}

/** Ink on paper, in pixels. */
export async function printPage({ ink, wear, sheet }: PageDrawing): Promise<Sharp> {
  const page = layInkOnPaper(await rgba(ink), await rgba(wear), sheet)
  return sharp(page, { raw: { ...PAGE, channels: 3 } })
}

function rgba(svg: Buffer): Promise<Buffer> {
  return sharp(svg).ensureAlpha().raw().toBuffer()
}
