import type { ServiceName } from '@songnhap/contracts'

/**
 * Settings under which simulated people work: short leases, many sign-ins from one address, and no rulings
 * asked once more, so that a campaign ends at the same counts each time.
 */
export function demoEnvironment(
  leaseSeconds: number,
): Partial<Record<ServiceName, Record<string, string>>> {
  const lease = { LEASE_SECONDS: String(leaseSeconds) }
  const reconcile = { ...lease, SECOND_SHARE: '0' }
  return { entry: lease, reconcile, gateway: { SIGN_IN_ATTEMPTS_MAX: '100000' } }
}
