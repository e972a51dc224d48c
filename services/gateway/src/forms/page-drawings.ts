import type { FormDefinition, Zone } from '@songnhap/contracts'
import { type Html, html } from './html.ts'

/** A form says nothing of a page's proportions. */
const [PAGE_WIDTH, PAGE_HEIGHT] = [1414, 1000]
const RECORDS_DRAWN_MAX = 60

interface NumberedZone extends Zone {
  /** Of the field, in the order of keying. */
  readonly number: number
  readonly label: string
}

/** An empty page for each layout that has zones, with the zones on it. */
export function pageDrawings(form: FormDefinition): Html | undefined {
  const drawn = (form.layouts ?? []).flatMap(({ name, label, recordStep }) => {
    const zones = form.fields.flatMap((field, index) =>
      (field.zones ?? [])
        .filter(({ layout }) => layout === name)
        .map((zone) => ({ ...zone, number: index + 1, label: field.label.vi })),
    )
    if (zones.length === 0) return []
    return [
      html`<figure><figcaption>${label.vi} <span lang="en">/ ${label.en}</span></figcaption>
<svg viewBox="0 0 ${PAGE_WIDTH} ${PAGE_HEIGHT}" role="img" aria-label="${label.vi}">
<rect class="paper" width="${PAGE_WIDTH}" height="${PAGE_HEIGHT}"/>
${recordStep === undefined ? undefined : laterRecords(zones, recordStep, form.recordsMax)}
${zones.map(zoneOfFirst)}
</svg></figure>`,
    ]
  })
  if (drawn.length === 0) return undefined
  return html`<h2>Vị trí trên trang <span lang="en">/ Where on the page</span></h2>
<p class="hint">Tỷ lệ trang không có trong mẫu biểu; số là thứ tự ô.
<span lang="en">The form does not tell the page's proportions; numbers are those of the fields.</span></p>
${drawn}`
}

function zoneOfFirst(zone: NumberedZone): Html {
  const { x, y, height } = onPage(zone)
  return html`<g><title>${zone.number}. ${zone.label}</title>${rectangle('zone', zone)}<text x="${x + 6}" y="${
    y + Math.min(height - 4, 24)
  }">${zone.number}</text></g>`
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

function rectangle(kind: string, zone: Zone): Html {
  const { x, y, width, height } = onPage(zone)
  return html`<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}"/>`
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
