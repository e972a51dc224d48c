/** What a function of a text answered, kept for texts that are met again; both limits bound its memory. */
export function remember<T>(
  answer: (text: string) => T,
  { textsMax, lengthMax }: { readonly textsMax: number; readonly lengthMax: number },
): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const found = answer(text)
    if (text.length > lengthMax) return found
    // All at once: what a page repeats is met again at once, and nothing has to be counted.
    if (known.size >= textsMax) known.clear()
    known.set(text, found)
    return found
  }
}
