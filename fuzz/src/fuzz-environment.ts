import type { ServiceName } from '@songnhap/contracts'

const DAY_SECONDS = '86400'

/** Settings for an attack: no lease ends by itself, and people may sign in as often as they must. */
export function fuzzEnvironment(): Partial<Record<ServiceName, Record<string, string>>> {
  const lease = { LEASE_SECONDS: DAY_SECONDS }
  return { entry: lease, reconcile: lease, gateway: { SIGN_IN_ATTEMPTS_MAX: '1000000' } }
}
