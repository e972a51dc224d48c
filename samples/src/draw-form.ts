import { type FormLayout, layoutForm, PAGE, type RecordLayout, type Rule } from './form-layout.ts'
import { measurePrint, printText } from './print.ts'

const PRINTING_INK = '#474037'
const HEADING_SIZE = 19
const HEADING_BASELINE = 112
const HEADING = { left: 94, commune: 620, page: 1040 } as const

/** The printed part of a page, and where its heading leaves room for handwriting. */
export interface PrintedForm {
  readonly layout: FormLayout
  readonly svg: string
  readonly heading: Readonly<Record<'book' | 'commune' | 'page', { x: number; baseline: number }>>
}

const printed = new Map<number, PrintedForm>()

/** Every page with as many records has the same print, so it is set only once. */
export function drawForm(recordCount: number): PrintedForm {
  const known = printed.get(recordCount)
  if (known !== undefined) return known
  const layout = layoutForm(recordCount)
  const headings = [
    ['book', 'Sổ đăng ký khai sinh, quyển số:', HEADING.left],
    ['commune', 'Ủy ban nhân dân xã:', HEADING.commune],
    ['page', 'Trang', HEADING.page],
  ] as const
  const after = (text: string, x: number) => ({
    x: x + measurePrint(text, HEADING_SIZE) + 10,
    baseline: HEADING_BASELINE,
  })
  const [book, commune, page] = headings.map(([, text, x]) => after(text, x))
  if (!book || !commune || !page) throw new RangeError('A heading is missing.')
  const texts = headings.map(([, text, x]) => printText(text, x, HEADING_BASELINE, HEADING_SIZE))
  const records = layout.records.map((record) => drawRecord(record, layout.captionSize))
  const svg = `<g fill="${PRINTING_INK}">${texts.join('')}${records.join('')}</g>`
  const form: PrintedForm = { layout, svg, heading: { book, commune, page } }
  printed.set(recordCount, form)
  return form
}

/** Places an SVG drawing on a whole page, turned a little as in a careless scan. */
export function pageSvg(content: string, skewDegrees: number, scale = 1): Buffer {
  const { width, height } = PAGE
  const size = `width="${width * scale}" height="${height * scale}" viewBox="0 0 ${width} ${height}"`
  const turn = `rotate(${skewDegrees.toFixed(3)} ${PAGE.width / 2} ${PAGE.height / 2})`
  const open = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><g transform="${turn}">`
  return Buffer.from(`${open}${content}</g></svg>`)
}

function drawRecord(record: RecordLayout, size: number): string {
  const captions = record.captions.map(({ text, x, baseline }) =>
    printText(text, x, baseline, size),
  )
  const ticks = record.tickBoxes.map(
    ({ x, baseline, width }) =>
      `M${x.toFixed(1)} ${(baseline - width).toFixed(1)}h${width}v${width}h${-width}z`,
  )
  const rules = (isDotted: boolean) =>
    record.rules.filter(({ dotted }) => dotted === isDotted).map(rulePath)
  return [
    ...captions,
    `<path fill="none" stroke="#6d6458" stroke-width="1.3" d="${rules(false).join('')}"/>`,
    `<path fill="none" stroke="#7d7366" stroke-width="1.2" stroke-dasharray="1.2 3.6" d="${rules(true).join('')}"/>`,
    `<path fill="none" stroke="#4c453c" stroke-width="1.2" d="${ticks.join('')}"/>`,
  ].join('')
}

function rulePath({ from, to }: Rule): string {
  const point = ([x, y]: readonly [number, number]) => `${x.toFixed(1)} ${y.toFixed(1)}`
  return `M${point(from)}L${point(to)}`
}
