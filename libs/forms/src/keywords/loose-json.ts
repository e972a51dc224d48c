/** Parts of something that may have any shape: what has the wrong one is not there. */
export type Loose = Readonly<Record<string, unknown>>

export function objectOf(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}

export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function textsOf(value: unknown): string[] {
  return arrayOf(value).filter((part) => typeof part === 'string')
}

/** A step of a JSON pointer (RFC 6901). */
export function stepTo(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
