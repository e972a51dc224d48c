/** Like Promise.all, but a failure waits for the others: what they began can then be undone. */
export async function allSettled<const T extends readonly unknown[]>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const failed = (await Promise.allSettled(promises)).find((end) => end.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return await Promise.all(promises)
}
