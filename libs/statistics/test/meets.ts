import type { Test } from 'tap'

/** Checks a number against a published one, which is right to half of its last digit. */
export function meets(
  t: Test,
  found: number | null | undefined,
  published: number | string,
  what: string,
): void {
  const text = typeof published === 'string' ? published : String(published)
  const digits = text.includes('e') ? 0 : (text.split('.')[1]?.length ?? 0)
  const half = 10 ** -digits / 2
  const apart = Math.abs((found ?? Number.NaN) - Number(text))
  // A hair more than half: a published 5 in the last place may have been rounded either way.
  t.ok(apart <= half * 1.001, `${what}: ${found} is ${text}`)
}
