import type { Person } from '@songnhap/contracts'

/** Whether the supervisors' page has something for this person. */
export function supervises(person: Person | undefined): boolean {
  return person?.roles.some((role) => role === 'supervisor' || role === 'administrator') ?? false
}
