import type { ServiceName } from '@songnhap/contracts'

/** Settings under which simulated people work: short leases, and many sign-ins from one address. */
export function demoEnvironment(
  leaseSeconds: number,
): Partial<Record<ServiceName, Record<string, string>>> {
  const lease = { LEASE_SECONDS: String(leaseSeconds) }
  return { entry: lease, reconcile: lease, gateway: { SIGN_IN_ATTEMPTS_MAX: '100000' } }
}
