import type { Box } from './form-layout.ts'
import { printRound } from './print.ts'
import { between, type Random, whole } from './random.ts'

/** What a pen does besides letters, and what falls on the paper: all as SVG. */

/** A stroke through the middle of letters between two places. */
export function strikeThrough(random: Random, from: number, to: number, middle: number): string {
  const [start, end] = [middle + between(random, -3, 3), middle + between(random, -3, 3)]
  const bend = middle + between(random, -4, 4)
  return penStroke(
    `M${n(from - 4)} ${n(start)}Q${n((from + to) / 2)} ${n(bend)} ${n(to + 4)} ${n(end)}`,
  )
}

/** Two short slanting strokes: the same as above. */
export function dittoStroke(random: Random, box: Box, bodyHeight: number): string {
  const x = box.x + between(random, 0.1, 0.3) * Math.min(box.width, 200)
  const top = box.baseline - bodyHeight
  const stroke = (at: number) =>
    `M${n(at + bodyHeight * 0.22)} ${n(top)}L${n(at)} ${n(top + bodyHeight * 0.62)}`
  return penStroke(stroke(x) + stroke(x + bodyHeight * 0.42))
}

/** A long dash through an empty space, so that nobody can fill it in later. */
export function emptyDash(random: Random, box: Box, bodyHeight: number): string {
  const middle = box.baseline - bodyHeight * 0.35
  const length = Math.min(box.width * between(random, 0.45, 0.85), 330)
  const start = box.x + between(random, 0.02, 0.1) * box.width
  const lift = between(random, -4, 4)
  const end = `${n(start + length)} ${n(middle - lift)}`
  return penStroke(`M${n(start)} ${n(middle + lift)}Q${n(start + length / 2)} ${n(middle)} ${end}`)
}

export function tick(box: Box): string {
  const { x, baseline, width } = box
  const low = n(baseline + 1)
  const high = n(baseline - width - 2)
  return penStroke(`M${n(x)} ${low}L${n(x + width)} ${high}M${n(x)} ${high}L${n(x + width)} ${low}`)
}

/** An unreadable signature: loops that run to the right and a flourish below. */
export function signature(random: Random, box: Box, bodyHeight: number): string {
  const step = bodyHeight * between(random, 0.45, 0.75)
  let x = box.x + between(random, 8, 60)
  let path = `M${n(x)} ${n(box.baseline)}`
  const loops = whole(random, 4, 8)
  for (let loop = 0; loop < loops; loop += 1) {
    const height = bodyHeight * between(random, 0.3, loop === 0 ? 2.2 : 1.3)
    const [up, down] = [n(box.baseline - height), n(box.baseline + between(random, -6, 7))]
    const next = x + step * between(random, 0.6, 1.5)
    path += `C${n(x + step * 2.2)} ${up} ${n(x - step * 1.4)} ${up} ${n(next)} ${down}`
    x = next
  }
  const back = box.baseline + bodyHeight * 0.35
  path += `C${n(x + step * 3)} ${n(back - bodyHeight)} ${n(x)} ${n(back)} ${n(x - step * loops)} ${n(back)}`
  return penStroke(path)
}

/** A round blob with an uneven edge. */
export function blob(random: Random, x: number, y: number, wide: number, high: number): string {
  const corners = 11
  const points = Array.from({ length: corners }, (_, at) => {
    const angle = (at / corners) * 2 * Math.PI
    const reach = between(random, 0.78, 1.12)
    return [x + Math.cos(angle) * wide * reach, y + Math.sin(angle) * high * reach] as const
  })
  const between2 = (at: number): string => {
    const [a, b] = [points[at % corners] ?? [x, y], points[(at + 1) % corners] ?? [x, y]]
    return `${n((a[0] + b[0]) / 2)} ${n((a[1] + b[1]) / 2)}`
  }
  const curves = points.map((_, at) => {
    const corner = points[(at + 1) % corners] ?? [x, y]
    return `Q${n(corner[0])} ${n(corner[1])} ${between2(at + 1)}`
  })
  return `M${between2(0)}${curves.join('')}Z`
}

/** A wet patch over part of a value: it darkens, but the letters show through. */
export function washBlot(random: Random, from: number, to: number, box: Box, row: number): string {
  const reach = row * between(random, 0.32, 0.5)
  const x = between(random, from + reach * 0.5, Math.max(from + reach, to - reach * 0.5))
  const y = box.baseline - row * 0.22
  const outer = blob(random, x, y, reach * 1.25, reach)
  const inner = blob(random, x + reach * 0.15, y, reach * 0.7, reach * 0.6)
  return `<g stroke="none"><path opacity="0.3" d="${outer}"/><path opacity="0.22" d="${inner}"/></g>`
}

/** Spilt ink over a whole value: nothing below can be read. */
export function coverBlot(random: Random, from: number, to: number, box: Box, row: number): string {
  const y = box.baseline - row * 0.2
  const step = row * 0.4
  let path = ''
  const last = Math.max(from + step, to - row * 0.3)
  for (let x = from + step; x < last + step; x += step) {
    path += blob(random, Math.min(x, last), y + between(random, -2, 2), row * 0.48, row * 0.44)
  }
  return `<path stroke="none" d="${path}"/>`
}

/** The commune's round stamp: two rings, its name around a star. */
export function stamp(random: Random, communeName: string): string {
  const [x, y] = [between(random, 250, 990), between(random, 300, 1560)]
  const star = Array.from({ length: 10 }, (_, at) => {
    const reach = at % 2 === 0 ? 22 : 9
    const angle = (at / 5) * Math.PI - Math.PI / 2
    return `${n(Math.cos(angle) * reach)} ${n(Math.sin(angle) * reach)}`
  })
  const above = printRound(`UBND XÃ ${communeName.toUpperCase()}`, 56, 17, 210)
  const rings = ['80', '75', '48'].map(
    (radius, at) => `<circle r="${radius}" fill="none" stroke-width="${at === 0 ? 3 : 1.4}"/>`,
  )
  const place = `translate(${n(x)} ${n(y)}) rotate(${n(between(random, -25, 25))})`
  const colours = 'fill="#b3261e" stroke="#b3261e" stroke-width="0"'
  const opacity = between(random, 0.38, 0.6).toFixed(2)
  const inside = `${rings.join('')}${above}<path d="M${star.join('L')}Z"/>`
  return `<g transform="${place}" ${colours} opacity="${opacity}">${inside}</g>`
}

function penStroke(path: string): string {
  return `<path fill="none" stroke-width="2" stroke-linecap="round" d="${path}"/>`
}

function n(value: number): string {
  return value.toFixed(1)
}
