import { DetailedError, Upload } from 'tus-js-client'

/** A page at 8 kB/s, say, breaks now and then: small troubles are got over without a word. */
const RETRY_AFTER_MS = [500, 2_000, 5_000, 10_000]
/** What a PATCH carries at most: buffers of proxies on the way stay small, and progress is told often. */
const PART_BYTES_MAX = 5 * 1024 * 1024

export type Sent =
  | { readonly is: 'whole'; readonly uploadId: string }
  | { readonly is: 'stopped' }
  /** No answer of ours, or none that ends it: it may go on later from where it is. */
  | { readonly is: 'interrupted' }
  | { readonly is: 'refused'; readonly status: number; readonly body: string }

interface Sending {
  readonly file: File
  /** Of an earlier attempt. */
  readonly url: string | undefined
  readonly signal: AbortSignal
  /** Where the parts go, as soon as it is known. */
  readonly begun: (url: string) => void
  readonly progress: (bytes: number) => void
}

/** Sends one file in parts by the tus protocol, going on where an earlier attempt stopped. */
export function sendFile({ file, url, signal, begun, progress }: Sending): Promise<Sent> {
  return new Promise((resolve) => {
    const upload = new Upload(file, {
      endpoint: '/api/uploads',
      ...(url === undefined ? {} : { uploadUrl: url }),
      chunkSize: PART_BYTES_MAX,
      retryDelays: RETRY_AFTER_MS,
      // What is remembered is ours to say: the library would keep names.
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => {
        if (upload.url !== null) begun(upload.url)
      },
      onProgress: (sent) => progress(sent),
      onSuccess: () => resolve({ is: 'whole', uploadId: upload.url?.split('/').at(-1) ?? '' }),
      onError: (error) => resolve(outcomeOf(error)),
    })
    signal.addEventListener('abort', () => {
      void upload.abort()
      resolve({ is: 'stopped' })
    })
    if (signal.aborted) resolve({ is: 'stopped' })
    else upload.start()
  })
}

function outcomeOf(error: Error | DetailedError): Sent {
  const answer = error instanceof DetailedError ? error.originalResponse : null
  if (!answer || answer.getStatus() >= 500 || answer.getStatus() === 409) {
    return { is: 'interrupted' }
  }
  return { is: 'refused', status: answer.getStatus(), body: answer.getBody() }
}
