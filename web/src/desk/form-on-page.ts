import type { BookLayouts, FormDefinition } from '@songnhap/contracts'

/** As an assignment, an arbitration or a charge tells of a page. */
interface PageInBook {
  readonly sequence: number
  readonly layouts?: BookLayouts | undefined
}

const NONE = ''
/** A form stays the same thing for everybody who looks at it, page after page. */
const laidOut = new WeakMap<FormDefinition, Map<string, FormDefinition>>()

/**
 * The form with the zones of this page's layout and no others: what of it has no zone is drawn by hand. A
 * layout that this version of the form does not have counts as none.
 */
export function formOnPage(form: FormDefinition, page: PageInBook): FormDefinition {
  const layout = layoutOn(form, page)
  const known = laidOut.get(form) ?? new Map<string, FormDefinition>()
  laidOut.set(form, known)
  const before = known.get(layout)
  if (before !== undefined) return before
  const fields = form.fields.map(({ zones = [], ...field }) => {
    const zone = zones.find((one) => one.layout === layout)
    return zone === undefined ? field : { ...field, zones: [zone] }
  })
  const shown = { ...form, fields }
  known.set(layout, shown)
  return shown
}

function layoutOn(form: FormDefinition, { sequence, layouts }: PageInBook): string {
  if (layouts === undefined) return form.layouts?.[0]?.name ?? NONE
  const [odd = NONE, even = odd] = layouts
  return sequence % 2 === 1 ? odd : even
}
