import type { Content } from './compare-readings.ts'

/** Character for character, and with the same mark: asked of every field, before anything else. */
export function isSameReading(a: Content | null, b: Content | null): boolean {
  return a !== null && b !== null && a.value === b.value && a.mark === b.mark
}
