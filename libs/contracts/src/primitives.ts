import Type, { type Static } from 'typebox'

/**
 * Any id of ours: a UUID made by whoever creates the thing, before it is stored. Lower case only, so
 * that two spellings are never two ids here and one in the database.
 */
export const Id = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
})

/** A line of text for people, without control characters. */
export function Line(bounds: { minLength?: number; maxLength: number }) {
  return Type.String({ ...bounds, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })
}

/** A moment, ISO 8601 in UTC. */
export const Moment = Type.String({ format: 'date-time' })

/** A day of the calendar, as `2026-11-29`. */
export const Day = Type.String({ format: 'date' })

/** SHA-256 in lower-case hex. */
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** A text shown to people: Vietnamese first, English second. */
export const Bilingual = Type.Object(
  { vi: Type.String({ maxLength: 500 }), en: Type.String({ maxLength: 500 }) },
  { additionalProperties: false },
)
export type Bilingual = Static<typeof Bilingual>

/** The services that own facts or answer requests. */
export const SERVICES = ['intake', 'entry', 'reconcile', 'gateway'] as const
export type ServiceName = (typeof SERVICES)[number]

/** What a person may do; one person may have several roles. */
export const ROLES = ['typist', 'arbiter', 'supervisor', 'administrator'] as const
export type Role = (typeof ROLES)[number]
export const RoleName = Type.Enum([...ROLES])

/** A schema whose unknown properties are refused by producers and dropped by consumers. */
export function closed<const P extends Type.TProperties>(properties: P) {
  return Type.Object(properties, { additionalProperties: false })
}
