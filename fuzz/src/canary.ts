/**
 * Stands in every text that is sent, and must come back in no refusal, log or header. It has not the
 * form of a field's or a form's name: those are told.
 */
export const CANARY = 'Zqxjkv'

/** Where a canary got out; what stands around it helps to find the hole. */
const AROUND_CHARS = 60

export function findCanary(text: string): string | undefined {
  const at = text.toLowerCase().indexOf(CANARY.toLowerCase())
  return at === -1 ? undefined : text.slice(Math.max(0, at - AROUND_CHARS), at + AROUND_CHARS)
}
