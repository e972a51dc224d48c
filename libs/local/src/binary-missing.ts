/** A server's program is not on this machine and cannot be fetched; the message says what to do. */
export class BinaryMissing extends Error {
  override name = 'BinaryMissing'
}
