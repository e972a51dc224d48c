import type { Person } from '@songnhap/contracts'
import { frameWords } from '../words/frame.ts'

/** Where a person works, by what the address says. */
type Desk = 'typing' | 'arbitration' | 'elsewhere'

/** The typist's desk first: there the most people work. Supervisors rule on what was passed on. */
export function deskOf(person: Person | undefined, hash: string): Desk {
  const roles = person?.roles ?? []
  const wants = hash === '#arbitration'
  const arbitrates = roles.includes('arbiter') || (wants && roles.includes('supervisor'))
  if (arbitrates && (wants || !roles.includes('typist'))) return 'arbitration'
  return roles.includes('typist') ? 'typing' : 'elsewhere'
}

/** The other desks of this person, as links. */
export function otherDesks(person: Person | undefined, here: Desk) {
  const roles = person?.roles ?? []
  const words = frameWords()
  return [
    ...(here !== 'typing' && roles.includes('typist')
      ? [{ href: '#typing', text: words.typingDesk }]
      : []),
    ...(here !== 'arbitration' && (roles.includes('arbiter') || roles.includes('supervisor'))
      ? [{ href: '#arbitration', text: words.arbitrationDesk }]
      : []),
  ]
}
