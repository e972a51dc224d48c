import type { FormDefinition, Zone } from '@songnhap/contracts'
import { type Html, html } from './html.ts'

/** A form says nothing of a page's proportions. */
const [PAGE_WIDTH, PAGE_HEIGHT] = [1414, 1000]
const RECORDS_DRAWN_MAX = 60
/** For a drawing that stands alone, as a file; in a page the style sheet has the last word. */
const COLOURS = {
  paper: html`fill="#fff" stroke="#767676" stroke-width="3"`,
  zone: html`fill="#dbe7f6" stroke="#1c4f9c" stroke-width="3"`,
  later: html`fill="none" stroke="#8a97a8" stroke-width="1.5"`,
}

interface NumberedZone extends Zone {
  /** Of the field, in the order of keying. */
  readonly number: number
  readonly label: string
}

/** An empty page with the zones of this layout on it; undefined where the form has no such layout. */
export function layoutDrawing(form: FormDefinition, name: string): Html | undefined {
  const layout = form.layouts?.find((one) => one.name === name)
  if (layout === undefined) return undefined
  const { label, recordStep } = layout
  const zones = form.fields.flatMap((field, index) =>
    (field.zones ?? [])
      .filter((zone) => zone.layout === name)
      .map((zone) => ({ ...zone, number: index + 1, label: field.label.vi })),
  )
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PAGE_WIDTH} ${PAGE_HEIGHT}"
 role="img" aria-label="${label.vi}">
<rect class="paper" width="${PAGE_WIDTH}" height="${PAGE_HEIGHT}" ${COLOURS.paper}/>
${recordStep === undefined ? undefined : laterRecords(zones, recordStep, form.recordsMax)}
${zones.map(zoneOfFirst)}
</svg>`
}

function zoneOfFirst(zone: NumberedZone): Html {
  const { x, y, height } = onPage(zone)
  const [left, foot] = [x + 6, y + Math.min(height - 4, 24)]
  return html`<g font-size="22" fill="#1c4f9c" font-family="sans-serif"><title>${zone.number}. ${zone.label}</title>
${rectangle('zone', zone)}<text x="${left}" y="${foot}">${zone.number}</text></g>`
}

/** As far as they are on the page. */
function laterRecords(
  zones: readonly NumberedZone[],
  step: { x: number; y: number },
  recordsMax: number,
): Html[] {
  if (step.x === 0 && step.y === 0) return []
  const later = Math.min(recordsMax, RECORDS_DRAWN_MAX) - 1
  return Array.from({ length: later }, (_, index) => index + 1).flatMap((record) =>
    zones
      .map((zone) => ({ ...zone, x: zone.x + record * step.x, y: zone.y + record * step.y }))
      .filter(({ x, y }) => x >= 0 && y >= 0 && x < 1 && y < 1)
      .map((zone) => rectangle('later', zone)),
  )
}

function rectangle(kind: keyof typeof COLOURS, zone: Zone): Html {
  const { x, y, width, height } = onPage(zone)
  return html`<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" ${COLOURS[kind]}/>`
}

function onPage({ x, y, width, height }: Zone): Zone {
  const rounded = (value: number) => Math.round(value * 10) / 10
  return {
    x: rounded(x * PAGE_WIDTH),
    y: rounded(y * PAGE_HEIGHT),
    width: rounded(width * PAGE_WIDTH),
    height: rounded(height * PAGE_HEIGHT),
  }
}
