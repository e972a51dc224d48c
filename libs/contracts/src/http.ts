/** Bodies of the HTTP API where they are not simply those of the request behind it. */
import Type, { type Static } from 'typebox'
import { Effort } from './effort.ts'
import { SKIP_REASONS } from './facts/entry.ts'
import { closed, Id, Line, RoleName } from './primitives.ts'
import { ProblemBody } from './problems.ts'
import { TypedRecords } from './reading.ts'
import { Ruling } from './requests/arbitration.ts'
import { Capacity } from './requests/assignment.ts'
import { BookFile } from './requests/intake.ts'
import { WorkKind } from './socket.ts'

/** Carries a session; browsers take it from exactly one host and path. */
export const SESSION_COOKIE = '__Host-songnhap'

export const LoginName = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{1,63}$' })
export const Password = Type.String({ minLength: 10, maxLength: 200 })

export const Person = closed({
  personId: Id,
  login: LoginName,
  name: Line({ minLength: 1, maxLength: 200 }),
  roles: Type.Array(RoleName, { minItems: 1, uniqueItems: true }),
})
export type Person = Static<typeof Person>

/** Who is signed in. Nothing but a new password is open to who must change it: somebody else chose it. */
export const SignedIn = closed({
  ...Person.properties,
  mustChangePassword: Type.Optional(Type.Literal(true)),
})
export type SignedIn = Static<typeof SignedIn>

export const SignIn = closed({ login: LoginName, password: Type.String({ maxLength: 200 }) })

/** 32 bytes, the same for a person at every computer and under every password. */
export const KeepingKey = closed({ keepingKey: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) })
export type KeepingKey = Static<typeof KeepingKey>

export const LESSONS_MAX = 20
/** How far a typist has come in the lessons of the first day: nothing of what was typed there. */
export const LessonsDone = closed({
  /** Null until the lessons were offered. */
  lessonsDone: Type.Union([Type.Integer({ minimum: 0, maximum: LESSONS_MAX }), Type.Null()]),
})
export type LessonsDone = Static<typeof LessonsDone>

/** A browser at which a person types, by an id that it made; `takeOver` where another one is at work. */
export const DeskSeat = closed({ deskId: Id, takeOver: Type.Boolean() })

/** Whether the person's work is here, and not at another computer of the same person. */
export const DeskHere = closed({ isHere: Type.Boolean() })
export type DeskHere = Static<typeof DeskHere>

/** The password that somebody chose for somebody else, who must change it at the first sign-in if `mustChange`. */
export const GivenPassword = closed({
  password: Password,
  mustChange: Type.Optional(Type.Boolean()),
})
export type GivenPassword = Static<typeof GivenPassword>

export const ChangedPassword = closed({
  oldPassword: SignIn.properties.password,
  newPassword: Password,
})
export type ChangedPassword = Static<typeof ChangedPassword>

export const NewAccount = closed({
  login: LoginName,
  name: Person.properties.name,
  roles: Person.properties.roles,
  ...GivenPassword.properties,
})
export type NewAccount = Static<typeof NewAccount>

/** An account as an administrator sees it. */
export const Account = closed({ ...Person.properties, barred: Type.Boolean() })
export type Account = Static<typeof Account>

export const TakeWork = closed({ work: WorkKind, capacity: Capacity })

export const SubmitEntryBody = closed({
  entryId: Id,
  pageId: Id,
  leaseToken: Id,
  records: TypedRecords,
  effort: Type.Optional(Effort),
})

export const SubmitRulingsBody = closed({
  submissionId: Id,
  leaseToken: Id,
  rulings: Type.Array(Ruling, { minItems: 1, maxItems: 5000 }),
})

export const SkipBody = closed({
  reason: Type.Enum([...SKIP_REASONS]),
  note: Type.Optional(Line({ maxLength: 500 })),
})

/**
 * What became of each uploaded file, in the order sent: one bad file never stops the others. What is
 * in an accepted file, the list of the book's files tells once it has been read.
 */
export const UploadReport = closed({
  files: Type.Array(
    Type.Union([
      closed({ fileName: Type.String(), outcome: Type.Literal('accepted'), fileId: Id }),
      closed({ fileName: Type.String(), outcome: Type.Literal('duplicate'), of: BookFile }),
      closed({ fileName: Type.String(), outcome: Type.Literal('refused'), problem: ProblemBody }),
    ]),
  ),
})
export type UploadReport = Static<typeof UploadReport>

/** A file that came in parts and is whole now. The name is said here, and may be any. */
export const TakeUpload = closed({ uploadId: Id, fileName: Type.String({ maxLength: 1000 }) })

/** Sizes in which a lease's image is served. */
export const IMAGE_SIZES = ['display', 'thumbnail', 'original'] as const
export const ImageSize = Type.Enum([...IMAGE_SIZES])
export type ImageSize = Static<typeof ImageSize>
