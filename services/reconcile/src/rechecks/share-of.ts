import type { Share } from '@songnhap/contracts'
import { clopperPearson } from '@songnhap/statistics'

/** With the exact interval; with nothing counted it may be anything. */
export function shareOf(some: number, all: number): Share {
  if (all === 0) return { share: null, low: 0, high: 1 }
  return { share: some / all, ...clopperPearson(some, all) }
}
