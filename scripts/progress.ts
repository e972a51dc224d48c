/** Prints each step as a line, with the seconds since the beginning. */
export function startProgress(): (line: string) => void {
  const began = performance.now()
  return (line) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    console.log(`${seconds.padStart(6)} s  ${line}`)
  }
}

/** An error in words, with what lies behind it; where in the code it arose helps nobody here. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}\n  ${wordsOf(error.cause)}`
}
