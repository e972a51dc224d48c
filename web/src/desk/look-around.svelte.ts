import type { FieldDefinition } from '@songnhap/contracts'

const ZOOM_STEP = 1.25
const ZOOM_MIN = 0.4
const ZOOM_MAX = 5
/** Beyond it the display copy has nothing more to show. */
const SHARP_FROM = 1.5
const CONTRASTS = [1, 1.5, 2.2]
const QUARTER = 90
/** Of the page's height, where no row step is known. */
const PAN_STEP = 0.03
const SIZES = ['beside', 'large', 'hidden'] as const

/** How the typist looks at the picture: by keys and wheel, without ever taking the focus. */
export class LookAround {
  zoom = $state(1)
  pan = $state(0)
  contrast = $state(0)
  inverted = $state(false)
  turned = $state(0)
  size = $state<(typeof SIZES)[number]>('beside')

  zoomBy(steps: number): void {
    this.zoom = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, this.zoom * ZOOM_STEP ** steps))
  }
  /** `step` of the book's rows, as a share of the page's height. */
  panBy(direction: -1 | 1, step: number | undefined): void {
    this.pan = Math.min(1, Math.max(-1, this.pan + direction * (step ?? PAN_STEP)))
  }
  nextContrast(): void {
    this.contrast = (this.contrast + 1) % CONTRASTS.length
  }
  invert(): void {
    this.inverted = !this.inverted
  }
  turn(): void {
    this.turned = (this.turned + QUARTER) % 360
  }
  nextSize(): void {
    this.size = SIZES[(SIZES.indexOf(this.size) + 1) % SIZES.length] ?? 'beside'
  }
  reset(): void {
    this.zoom = 1
    this.pan = 0
    this.contrast = 0
    this.inverted = false
    this.turned = 0
  }
  /** Another field has its own place, if the form knows it. */
  fieldChanged(field: FieldDefinition | undefined): void {
    if (field?.zones !== undefined) this.pan = 0
  }

  get wantsSharp(): boolean {
    return this.zoom >= SHARP_FROM
  }
  get filter(): string {
    const contrast = CONTRASTS[this.contrast] ?? 1
    return `contrast(${contrast}) invert(${this.inverted ? 1 : 0})`
  }
}
