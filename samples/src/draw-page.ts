import sharp from 'sharp'
import { drawForm, pageSvg } from './draw-form.ts'
import { drawInk } from './draw-ink.ts'
import { stamp } from './draw-marks.ts'
import { drawWear } from './draw-wear.ts'
import { PAGE } from './form-layout.ts'
import { chooseHand } from './handwriting.ts'
import { chooseSheet, layInkOnPaper, WEAR_SCALE } from './paper.ts'
import type { PagePlan } from './plan-page.ts'
import { between, chance, type Random } from './random.ts'

const JPEG_QUALITY = 80
const SKEW_MAX_DEGREES = 1
const STAMP_CHANCE = 0.4

/** Draws a planned page as a scanner would give it. */
export async function drawPage(plan: PagePlan, random: Random): Promise<Buffer> {
  const form = drawForm(plan.records.length)
  const skew = between(random, -SKEW_MAX_DEGREES, SKEW_MAX_DEGREES)
  const writing = drawInk(plan, form, chooseHand(random), random)
  const stamped = chance(random, STAMP_CHANCE) ? stamp(random, plan.commune.name) : ''
  const ink = await rgba(pageSvg(form.svg + writing + stamped, skew))
  const wear = await rgba(pageSvg(drawWear(random), skew, WEAR_SCALE))
  const page = layInkOnPaper(ink, wear, chooseSheet(random))
  return sharp(page, { raw: { ...PAGE, channels: 3 } })
    .withMetadata({ density: 150 })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer()
}

function rgba(svg: Buffer): Promise<Buffer> {
  return sharp(svg).ensureAlpha().raw().toBuffer()
}
