import type { Role } from '@songnhap/contracts'
import { between, createRandom } from '@songnhap/samples'

/** A simulated person: what he or she gets wrong, and how badly behaved the line and the habits are. */
export interface SimulatedPerson {
  readonly login: string
  readonly name: string
  readonly role: Role
  /** Probability that a field is keyed, or a question ruled on, wrongly. */
  readonly errorRate: number
}

const SURNAMES = ['Lô', 'Vi', 'Hà', 'Lương', 'Nguyễn', 'Trần', 'Lê', 'Phan', 'Moong', 'Cao']
const NAMES = [
  'Thị Mận',
  'Văn Khuyên',
  'Thị Thoa',
  'Văn Thoại',
  'Thị Nhuần',
  'Văn Quyết',
  'Thị Hoài',
]

const TYPIST_RATE = [0.004, 0.045] as const
const ARBITER_RATE = [0.001, 0.01] as const

/** Typists, arbiters, and one supervisor who rules on what arbiters pass on. */
export function makePeople(seed: number, typists: number, arbiters: number): SimulatedPerson[] {
  const random = createRandom(seed, 'people')
  const made = (role: Role, number: number, [low, high]: readonly [number, number]) => ({
    login: `${role}.${number}`,
    name: `${SURNAMES[(number * 3) % SURNAMES.length]} ${NAMES[(number * 2 + role.length) % NAMES.length]}`,
    role,
    errorRate: between(random, low, high),
  })
  return [
    ...Array.from({ length: typists }, (_, index) => made('typist', index + 1, TYPIST_RATE)),
    ...Array.from({ length: arbiters }, (_, index) => made('arbiter', index + 1, ARBITER_RATE)),
    made('supervisor', 1, [0, 0.002]),
  ]
}
