import type { Size } from './strip-view.ts'

/** How large pictures are, also those that are nowhere shown as a whole. */
export class PictureSizes {
  all = $state.raw<Readonly<Record<string, Size>>>({})

  measure(url: string): void {
    if (this.all[url] !== undefined) return
    const probe = new Image()
    probe.onload = () => {
      this.all = { ...this.all, [url]: { width: probe.naturalWidth, height: probe.naturalHeight } }
    }
    probe.src = url
  }
}
