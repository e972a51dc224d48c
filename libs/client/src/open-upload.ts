const PIECE_BYTES = 65_536

/**
 * A form on its way to a gateway. However long a slow line needs for it, it is cut only when nothing
 * was taken for a while; after its last byte that is how long the answer may take.
 */
export function openUpload(form: FormData, stillMaxMs: number) {
  const { headers, body } = new Response(form)
  const cut = new AbortController()
  const still = setTimeout(
    () => cut.abort(new Error(`the line took nothing for ${stillMaxMs} ms`)),
    stillMaxMs,
  )
  const watched = async function* () {
    // What lies in memory would come as one piece, and be seen to move once only.
    for await (const chunk of body ?? []) {
      for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
        still.refresh()
        yield chunk.subarray(from, from + PIECE_BYTES)
      }
    }
  }
  const init: RequestInit = {
    method: 'POST',
    headers: { 'content-type': headers.get('content-type') ?? '' },
    body: ReadableStream.from(watched()),
    duplex: 'half',
    signal: cut.signal,
  }
  return { init, end: () => clearTimeout(still) }
}
