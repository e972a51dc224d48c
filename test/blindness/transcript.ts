import { createHash } from 'node:crypto'
import { SESSION_COOKIE } from '@songnhap/contracts'
import type { Answer } from './exchange.ts'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g
const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g
const SESSION = new RegExp(`(?<=${SESSION_COOKIE}=)[\\w-]{43}`, 'g')
/** Drawn with the account, and a secret of its person. */
const KEEPING_KEY = /(?<="keepingKey":")[\w-]{43}/g
/** A lease is an hour, and a run that stumbles is seconds late. */
const MOMENT_STEP_MS = 600_000
/** Between what a server's clock says and what ours does. */
const CLOCKS_APART_MS = 200
/** What these say is the time, or was counted since a minute began, and nothing else is. */
const CLOCK_HEADERS = new Set(['date', 'x-ratelimit-reset', 'x-ratelimit-remaining'])
const DIFFERENCES_MAX = 4
const SHOWN_BEFORE = 60
const SHOWN_AFTER = 100

interface Line {
  readonly asked: string
  readonly answered: string
}

/**
 * All that one typist got to see in one world, in order. What the servers of two worlds cannot help
 * making differently stands in it as a placeholder: ids by their first appearance (and whether they
 * were made for this answer, for the time is in them), moments by their distance from now.
 */
export class Transcript {
  readonly lines: Line[] = []
  /** Of the last answer over HTTP. */
  lastStatus = 0
  readonly #ids = new Map<string, string>()
  readonly #gateway: string

  constructor(gatewayUrl: string) {
    this.#gateway = new URL(gatewayUrl).host
  }

  addAnswer(asked: string, answer: Answer): void {
    const { status, rawHeaders, body, askedAt } = answer
    const headers = rawHeaders.map((text, index) =>
      CLOCK_HEADERS.has(rawHeaders[index - 1]?.toLowerCase() ?? '') && index % 2 === 1
        ? '<clock>'
        : text,
    )
    this.lastStatus = status
    const shown = [status, headers.join(' | '), `${body.length} bytes`, textOf(body)]
    this.add(asked, shown.join('\n'), askedAt)
  }

  /** `since`: what is made after this moment is made for this answer. */
  add(asked: string, answered: string, since: number): void {
    this.lines.push({ asked, answered: this.#withPlaceholders(answered, since) })
  }

  #withPlaceholders(text: string, since: number): string {
    return text
      .replaceAll(this.#gateway, '<gateway>')
      .replace(SESSION, '<session>')
      .replace(KEEPING_KEY, '<keeping key>')
      .replace(UUID, (id, version: string) => this.#placeholderOf(id, version, since))
      .replace(MOMENT, (moment) => {
        const steps = Math.round((Date.parse(moment) - Date.now()) / MOMENT_STEP_MS)
        return `<in ${steps * (MOMENT_STEP_MS / 60_000)} minutes>`
      })
  }

  #placeholderOf(id: string, version: string, since: number): string {
    const known = this.#ids.get(id)
    if (known !== undefined) return known
    const name = `<id ${this.#ids.size + 1}>`
    this.#ids.set(id, name)
    if (version !== '7') return `${name}(version ${version})`
    const madeAt = Number.parseInt(id.replace('-', '').slice(0, 12), 16)
    return `${name}(${madeAt >= since - CLOCKS_APART_MS ? 'made now' : 'made before'})`
  }
}

/** Where two transcripts part, a few of the places; empty when they nowhere do. */
export function differencesOf(one: Transcript, other: Transcript): string[] {
  const differences: string[] = []
  const length = Math.max(one.lines.length, other.lines.length)
  for (let index = 0; index < length && differences.length < DIFFERENCES_MAX; index += 1) {
    const [a, b] = [one.lines[index], other.lines[index]]
    if (a?.asked === b?.asked && a?.answered === b?.answered) continue
    const asked = a?.asked === b?.asked ? a?.asked : `${a?.asked} / ${b?.asked}`
    differences.push(`#${index} ${asked}\n${partingOf(a?.answered ?? '', b?.answered ?? '')}`)
  }
  return differences
}

/** Both texts from shortly before the place at which they part. */
function partingOf(untouched: string, touched: string): string {
  let place = 0
  while (place < untouched.length && untouched[place] === touched[place]) place += 1
  const around = (text: string) =>
    text.slice(Math.max(0, place - SHOWN_BEFORE), place + SHOWN_AFTER)
  return `untouched: ${around(untouched)}\ntouched: ${around(touched)}`
}

function textOf(body: Buffer): string {
  const text = body.toString()
  const isText = Buffer.from(text).equals(body)
  return isText ? text : `sha256 ${createHash('sha256').update(body).digest('hex')}`
}
