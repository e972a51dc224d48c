import type { FormDefinition } from '@songnhap/contracts'
import { type Html, html } from './html.ts'
import { layoutDrawing } from './layout-drawing.ts'

/** An empty page for each layout that has zones, with the zones on it. */
export function pageDrawings(form: FormDefinition): Html | undefined {
  const used = new Set(form.fields.flatMap(({ zones = [] }) => zones.map(({ layout }) => layout)))
  const drawn = (form.layouts ?? []).flatMap(({ name, label }) => {
    const drawing = used.has(name) ? layoutDrawing(form, name) : undefined
    if (drawing === undefined) return []
    return [
      html`<figure><figcaption>${label.vi} <span lang="en">/ ${label.en}</span></figcaption>
${drawing}</figure>`,
    ]
  })
  if (drawn.length === 0) return undefined
  return html`<h2>Vị trí trên trang <span lang="en">/ Where on the page</span></h2>
<p class="hint">Tỷ lệ trang không có trong mẫu biểu; số là thứ tự ô.
<span lang="en">The form does not tell the page's proportions; numbers are those of the fields.</span></p>
${drawn}`
}
