/** The fields of `forms/birth-register.v1.json`, in the order of the form. */
export const BIRTH_FIELDS = [
  'number',
  'registeredOn',
  'childName',
  'sex',
  'bornOn',
  'birthplace',
  'nativePlace',
  'ethnicity',
  'nationality',
  'motherName',
  'motherBorn',
  'fatherName',
  'fatherBorn',
  'declarantName',
] as const

export type BirthField = (typeof BIRTH_FIELDS)[number]

/** One thing for every field of the form. */
export type PerField<T> = Readonly<Record<BirthField, T>>

export function perField<T>(make: (field: BirthField) => T): PerField<T> {
  const entries = BIRTH_FIELDS.map((field) => [field, make(field)] as const)
  return Object.fromEntries(entries) as Record<BirthField, T>
}
