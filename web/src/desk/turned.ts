/** A page that is turned by quarters, clockwise: where its places are then. Pure. */
import type { Area, Size } from './strip-view.ts'

export function sizeTurned({ width, height }: Size, degrees: number): Size {
  return degrees % 180 === 0 ? { width, height } : { width: height, height: width }
}

export function areaTurned(area: Area, degrees: number): Area {
  const { x, y, width, height } = area
  switch (degrees) {
    case 90:
      return { x: 1 - y - height, y: x, width: height, height: width }
    case 180:
      return { x: 1 - x - width, y: 1 - y - height, width, height }
    case 270:
      return { x: y, y: 1 - x - width, width: height, height: width }
    default:
      return area
  }
}

/** The place that is seen at this place, on the page as it is. */
export function areaBefore(area: Area, degrees: number): Area {
  return areaTurned(area, (360 - degrees) % 360)
}

/** Turns an image about its corner, and moves it back to where it begins: in pixels of this size. */
export function transformTurned({ width, height }: Size, degrees: number): string {
  const moves: Readonly<Record<number, string>> = {
    90: `translate(${height}px, 0) rotate(90deg)`,
    180: `translate(${width}px, ${height}px) rotate(180deg)`,
    270: `translate(0, ${width}px) rotate(270deg)`,
  }
  return moves[degrees] ?? ''
}
