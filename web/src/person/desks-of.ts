import type { Person, Role } from '@songnhap/contracts'
import { frameWords } from '../words/frame.ts'

/** Who works where: typists' desk first, since there the most people work. Supervisors rule on what was passed on. */
const ROLES_AT = {
  typing: ['typist'],
  arbitration: ['arbiter', 'supervisor'],
  supervision: ['supervisor', 'administrator'],
  mine: ['typist'],
} as const satisfies Record<string, readonly Role[]>
type Desk = keyof typeof ROLES_AT | 'elsewhere'
const DESKS = ['typing', 'arbitration', 'supervision', 'mine'] as const

/** Where a person works: where the address says (`#arbitration`), if there is work for him or her there. */
export function deskOf(person: Person | undefined, hash: string): Desk {
  const mine = desksOf(person)
  const wanted = mine.find((desk) => desk === hash.slice(1).split('/')[0])
  if (wanted !== undefined) return wanted
  // What was passed on is rare: a supervisor comes in where the campaign is seen.
  const usual = mine.filter((desk) => desk !== 'arbitration' || person?.roles.includes('arbiter'))
  return usual[0] ?? 'elsewhere'
}

/** The other desks of this person, as links. */
export function otherDesks(person: Person | undefined, here: Desk) {
  const words = frameWords()
  const texts = {
    typing: words.typingDesk,
    arbitration: words.arbitrationDesk,
    supervision: words.supervisorsRoom,
    mine: words.ownFigures,
  }
  return desksOf(person)
    .filter((desk) => desk !== here)
    .map((desk) => ({ href: `#${desk}`, text: texts[desk] }))
}

function desksOf(person: Person | undefined) {
  return DESKS.filter((desk) =>
    ROLES_AT[desk].some((role) => person?.roles.some((one) => one === role)),
  )
}
