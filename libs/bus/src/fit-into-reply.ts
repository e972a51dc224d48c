/** Half of what a NATS message may hold: the rest is for what stands around a list. */
const REPLY_BYTES_MAX = 512 * 1024

/** As many of the items as fit into one reply, at least one; `more` when some were left out. */
export function fitIntoReply<T>(items: readonly T[]): { fitting: T[]; more: boolean } {
  let bytes = 0
  const fitting = items.filter((item, index) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1
    return index === 0 || bytes <= REPLY_BYTES_MAX
  })
  return { fitting, more: fitting.length < items.length }
}
