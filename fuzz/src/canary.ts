/** Stands in every text that is sent, and must come back in no refusal, log or header. */
export const CANARY = 'zqxjkv'

/** Where a canary got out; what stands around it helps to find the hole. */
const AROUND_CHARS = 60

export function findCanary(text: string): string | undefined {
  const at = text.indexOf(CANARY)
  return at === -1 ? undefined : text.slice(Math.max(0, at - AROUND_CHARS), at + AROUND_CHARS)
}
