/**
 * Works on the next items at once, so many, and gives what came of them in their order. What was
 * worked on and is not asked for any more goes to `unused`.
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  atOnceMax: number,
  work: (item: T) => Promise<R>,
  unused: (result: R) => Promise<void>,
): AsyncGenerator<[item: T, result: R]> {
  const underWay: { item: T; end: Promise<PromiseSettledResult<R>> }[] = []
  const source = iterate(items)
  let more = true
  try {
    for (;;) {
      while (more && underWay.length < atOnceMax) {
        const { done, value } = await source.next()
        if (done === true) more = false
        else underWay.push({ item: value, end: settled(work(value)) })
      }
      const next = underWay.shift()
      if (next === undefined) return
      const end = await next.end
      if (end.status === 'rejected') throw end.reason
      yield [next.item, end.value]
    }
  } finally {
    for (const { end } of underWay) {
      const left = await end
      if (left.status === 'fulfilled') await unused(left.value)
    }
  }
}

async function* iterate<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T, undefined> {
  yield* items
}

/** One that fails while another one is waited for must not count as a failure that nobody saw. */
async function settled<R>(promise: Promise<R>): Promise<PromiseSettledResult<R>> {
  const [end] = await Promise.allSettled([promise])
  return end
}
