import fc from 'fast-check'

/** One way into the installation, with what is thrown at it. */
export interface Door {
  readonly name: string
  /** Its share of all inputs, against the other doors. */
  readonly weight: number
  /** Throws at it until it fails or all runs are done; `count` hears the code of each answer. */
  attack(seed: number, runs: number, count: (code: string) => void): Promise<string | undefined>
}

const SHRINKING_MAX_MS = 20_000
const REPORT_CHARS_MAX = 2_000

/** `act` sends one input and judges what comes of it: throws, or gives the code of the answer. */
export function openDoor<T>(
  name: string,
  weight: number,
  inputs: fc.Arbitrary<T>,
  act: (input: T, count: (code: string) => void) => Promise<string>,
): Door {
  return {
    name,
    weight,
    async attack(seed, runs, count) {
      let failedAt: number | undefined
      const property = fc.asyncProperty(inputs, async (input) => {
        // The smallest input that fails is worth some time, and not more.
        if (failedAt !== undefined && Date.now() - failedAt > SHRINKING_MAX_MS) return
        try {
          count(await act(input, count))
        } catch (error) {
          failedAt ??= Date.now()
          throw error
        }
      })
      const details = await fc.check(property, { seed, numRuns: runs })
      if (!details.failed) return undefined
      const { counterexample, counterexamplePath, errorInstance } = details
      const place = `seed ${seed}, path ${counterexamplePath}`
      const smallest = JSON.stringify(counterexample?.[0], asText)
      return `${name}: ${String(errorInstance)} (${place}) ${smallest}`.slice(0, REPORT_CHARS_MAX)
    },
  }
}

/** Bytes as whoever looks for the fault can read them. */
function asText(_key: string, value: unknown): unknown {
  const isBytes = typeof value === 'object' && value !== null && 'type' in value && 'data' in value
  return isBytes && Array.isArray(value.data) ? Buffer.from(value.data).toString('latin1') : value
}
