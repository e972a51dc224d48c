/**
 * A certificate's figures once more, from the exported audit alone. Uses nothing of ours on purpose: what
 * docs/spec/audit.md says has to be enough to do this in any language.
 */
import { createHash, createHmac } from 'node:crypto'

interface Cell {
  readonly recordId: string
  readonly field: string
  readonly class: string
  readonly how: 'agreed' | 'ruled' | 'single'
  readonly outcome: string
}

interface Export {
  readonly bookId: string
  readonly audit: {
    readonly frozenAt: string
    readonly commitment: string
    readonly frameSha256: string
    readonly strata: readonly { readonly class: string; readonly drawn: number }[]
    readonly ended: { readonly secret: string; readonly seed: string }
  }
  readonly fields: readonly { readonly name: string; readonly class: string }[]
  readonly records: readonly string[]
  readonly cells: readonly Cell[]
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

/** What does not follow from what. */
export function checkDraw({ bookId, audit, fields, records, cells }: Export): string[] {
  const { secret, seed } = audit.ended
  const names = new Map(fields.map((field) => [field.name, field.class]))
  const lines = records
    .toSorted()
    .flatMap((id) =>
      [...names.keys()].toSorted().map((name) => `${id} ${name} ${names.get(name)}\n`),
    )
  const keyOf = (line: string) =>
    createHmac('sha256', Buffer.from(seed, 'hex'))
      .update(line.split(' ').slice(0, 2).join(' '))
      .digest('hex')
  const drawn = audit.strata.flatMap(({ class: of, drawn: n }) =>
    lines
      .filter((line) => line.trimEnd().split(' ')[2] === of)
      .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
      .slice(0, n),
  )
  const told = cells.map((cell) => `${cell.recordId} ${cell.field} ${cell.class}\n`)
  const holds = {
    commitment: hash(secret) === audit.commitment,
    seed: hash(`${bookId} ${audit.frozenAt} ${secret}`) === seed,
    frame: hash(lines.join('')) === audit.frameSha256,
    draw: drawn.toSorted().join('') === told.toSorted().join(''),
  }
  return Object.entries(holds).flatMap(([what, is]) => (is ? [] : [what]))
}

const PER = 10_000

export function recomputeClass(exported: Export, of: string) {
  const here = exported.cells.filter((cell) => cell.class === of)
  const wrong = here.filter(({ outcome }) => outcome === 'wrong')
  const by = (cells: readonly Cell[]) => ({
    agreed: cells.filter(({ how }) => how === 'agreed').length,
    ruled: cells.filter(({ how }) => how === 'ruled').length,
    single: cells.filter(({ how }) => how === 'single').length,
  })
  const [x, n] = [wrong.length, here.length]
  const size = exported.records.length * exported.fields.filter((one) => one.class === of).length
  return {
    class: of,
    fields: size,
    checked: n,
    wrong: x,
    wrongBy: by(wrong),
    checkedBy: by(here),
    rate: (x / n) * PER,
    // At most x errors would come less often than α of any higher rate; at least x of any lower one.
    low: x === 0 ? 0 : PER * solve((p) => 1 - binomialAtMost(x - 1, n, p) < 0.025),
    high: x === n ? PER : PER * solve((p) => binomialAtMost(x, n, p) > 0.025),
    upper: x === n ? PER : PER * solve((p) => binomialAtMost(x, n, p) > 0.05),
    remaining: mostBad(x, n, size) - x,
  }
}

/** The rate up to which it holds. */
function solve(holds: (rate: number) => boolean): number {
  let [from, to] = [0, 1]
  for (let step = 0; step < 100; step += 1) {
    const middle = (from + to) / 2
    if (holds(middle)) from = middle
    else to = middle
  }
  return from
}

const LOGS = [0]
function logFactorial(n: number): number {
  for (let k = LOGS.length; k <= n; k += 1) LOGS[k] = (LOGS[k - 1] ?? 0) + Math.log(k)
  return LOGS[n] ?? 0
}

const logChoose = (n: number, k: number) => logFactorial(n) - logFactorial(k) - logFactorial(n - k)

function binomialAtMost(x: number, n: number, p: number): number {
  let sum = 0
  for (let k = 0; k <= x; k += 1) {
    sum += Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p))
  }
  return sum
}

/** The most wrong fields of so many with which x or fewer in n would still come in 1 of 20 draws. */
function mostBad(x: number, n: number, size: number): number {
  let bad = x
  for (let more = x + 1; more <= size - (n - x); more += 1) {
    let chance = 0
    for (let k = 0; k <= Math.min(x, more); k += 1) {
      if (n - k > size - more) continue
      chance += Math.exp(logChoose(more, k) + logChoose(size - more, n - k) - logChoose(size, n))
    }
    if (chance > 0.05) bad = more
  }
  return bad
}
