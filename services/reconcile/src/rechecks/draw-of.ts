import { createHmac } from 'node:crypto'

const BYTES = 6

/**
 * A number from 0 up to 1 for a ruling: the same each time, evenly spread, and without the secret no more to
 * be foreseen than any other. A ruling is drawn where it is below the share.
 */
export function drawOf(secret: string, rulingId: string): number {
  const digest = createHmac('sha256', secret).update(rulingId).digest()
  return digest.readUIntBE(0, BYTES) / 2 ** (8 * BYTES)
}
