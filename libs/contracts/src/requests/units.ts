/** Administrative units. A code means nothing without a day: units are kept as versions. */
import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { closed, Id, Line } from '../primitives.ts'

export const UNIT_ROWS_MAX = 1_000
const UNITS_LOOKED_UP_MAX = 50
const UNITS_MAX = 100_000
const PREDECESSORS_MAX = 200

/** The database knows no year 0. */
const Day = Type.String({ format: 'date', pattern: '^[12]' })
const Count = Type.Integer({ minimum: 0 })
const Code = Type.String({ pattern: '^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$' })
const Level = Type.String({ pattern: '^[a-z][a-z-]{0,31}$' })
const UnitName = Line({ minLength: 1, maxLength: 200 })

/** A line of the file that is imported. */
export const UnitRow = closed({
  line: Type.Integer({ minimum: 1 }),
  code: Code,
  level: Level,
  /** As `xa`, `phuong`; absent: read from the first words of the name, where they say it. */
  type: Type.Optional(Level),
  name: UnitName,
  /** Absent: there is nothing above it. */
  parentCode: Type.Optional(Code),
  /** The units of the day before from which this one was made, in words. */
  madeFrom: Type.Optional(Line({ minLength: 1, maxLength: 8_000 })),
  /** The same by their codes; goes before the words. */
  predecessorCodes: Type.Optional(
    Type.Array(Code, { minItems: 1, maxItems: PREDECESSORS_MAX, uniqueItems: true }),
  ),
})
export type UnitRow = Static<typeof UnitRow>

/** What importing does, or did. */
export const UnitCounts = closed({
  rows: Count,
  /** Versions that begin on the day. */
  opened: Count,
  /** Versions that end on the day. */
  closed: Count,
  unchanged: Count,
  /** Of those opened: the code was there, under another name. */
  renamed: Count,
  /** Of those opened: code and name were there, under another unit. */
  moved: Count,
  /** Of those opened: nothing of its own changed; the unit above it is a new version. */
  carried: Count,
  /** Predecessors that are stored. */
  successions: Count,
  /** Predecessors that could not be found, or not told apart. */
  unmatched: Count,
})
export type UnitCounts = Static<typeof UnitCounts>

/** A predecessor that is not stored, because nothing is guessed. */
export const UnmatchedPredecessor = closed({
  line: Type.Integer({ minimum: 1 }),
  code: Code,
  /** As the file has it. */
  words: Type.String({ maxLength: 300 }),
  reason: Type.Enum([
    /** No unit of that name, or code, was there on the day before. */
    'not-found',
    /** More than one. */
    'several',
    /** More than names: from here on it is not sure who was meant, and whether whole or in part. */
    'not-understood',
    /** It is not known of which units the one above was made. */
    'parent-unmatched',
  ]),
})
export type UnmatchedPredecessor = Static<typeof UnmatchedPredecessor>

/** What cannot be imported, and where it stands in the file. */
export const UnitError = closed({
  line: Type.Integer({ minimum: 0 }),
  column: Type.String({ maxLength: 40 }),
  message: Type.String({ maxLength: 300 }),
})
export type UnitError = Static<typeof UnitError>

/** One that has another name than before. */
export const RenamedUnit = closed({ code: Code, before: UnitName, after: UnitName })
export type RenamedUnit = Static<typeof RenamedUnit>

export const UnitPlan = closed({
  applied: Type.Boolean(),
  /** The state with which it is compared; what changed between that day and this one is not known. */
  previous: Type.Optional(Day),
  /** With any of these nothing can be applied. The first hundred. */
  errors: Type.Array(UnitError, { maxItems: 100 }),
  counts: UnitCounts,
  /** The first of them. */
  renamed: Type.Array(RenamedUnit, { maxItems: 20 }),
  unmatched: Type.Array(UnmatchedPredecessor),
  /** Further unmatched ones come after so many. */
  more: Type.Boolean(),
  /** Of everything that would be done, so that what is applied is what was looked at. */
  fingerprint: Type.String({ pattern: '^[0-9a-f]{64}$' }),
})
export type UnitPlan = Static<typeof UnitPlan>

/** Begins the import of the units that there were on a day; nothing counts before it is applied. */
export const openUnitImport = defineRequest(
  'intake',
  'unit-import.open.v1',
  closed({
    importId: Id,
    validFrom: Day,
    /** The first day on which they did not hold any more. */
    validTo: Type.Optional(Day),
    source: Line({ minLength: 1, maxLength: 500 }),
  }),
  closed({ importId: Id }),
)

/** Rows of the file, in parts that fit into messages; sending one again changes nothing. */
export const addUnitRows = defineRequest(
  'intake',
  'unit-import.add.v1',
  closed({ importId: Id, rows: Type.Array(UnitRow, { minItems: 1, maxItems: UNIT_ROWS_MAX }) }),
  closed({ rows: Type.Integer({ minimum: 1, maximum: UNITS_MAX }) }),
)

/** What applying would do. `after`: so many unmatched predecessors were told already. */
export const planUnitImport = defineRequest(
  'intake',
  'unit-import.plan.v1',
  closed({ importId: Id, after: Type.Optional(Count) }),
  UnitPlan,
)

/** Does what the plan with this fingerprint said; once, however often it is asked. */
export const applyUnitImport = defineRequest(
  'intake',
  'unit-import.apply.v1',
  closed({ importId: Id, fingerprint: UnitPlan.properties.fingerprint }),
  closed({ counts: UnitCounts }),
)

export const UnitState = closed({
  validFrom: Day,
  validTo: Type.Optional(Day),
  source: Type.String(),
  /** How many units there were on the day, by level. */
  units: Type.Array(closed({ level: Level, count: Count })),
  /** Predecessors that are known of units as they were made on the day. */
  successions: Count,
})
export type UnitState = Static<typeof UnitState>

/** The days whose units are loaded, in order. */
export const listUnitStates = defineRequest(
  'intake',
  'unit-state.list.v1',
  closed({}),
  closed({ states: Type.Array(UnitState) }),
)

const RelatedUnit = closed({
  unitId: Id,
  code: Code,
  name: UnitName,
  validFrom: Day,
  validTo: Type.Optional(Day),
  part: Type.Enum(['whole', 'part']),
})

export const UnitVersion = closed({
  unitId: Id,
  code: Code,
  level: Level,
  type: Type.Optional(Level),
  name: UnitName,
  validFrom: Day,
  /** The first day on which it does not hold any more. */
  validTo: Type.Optional(Day),
  /** Names of what it is in, from the nearest up. */
  within: Type.Array(UnitName),
  predecessors: Type.Array(RelatedUnit),
  successors: Type.Array(RelatedUnit),
})
export type UnitVersion = Static<typeof UnitVersion>

/**
 * Looks for units by name, on a day or at any time. Tone marks distinguish places, their placement does
 * not: names that are the same but for marks are suggestions, never matches.
 */
export const findUnits = defineRequest(
  'intake',
  'unit.find.v1',
  closed({
    name: UnitName,
    on: Type.Optional(Day),
    level: Type.Optional(Level),
  }),
  closed({
    matches: Type.Array(UnitVersion),
    suggestions: Type.Array(UnitVersion),
    /** There are others: say a day, a level, or more of the name. */
    more: Type.Boolean(),
  }),
)

/**
 * Whether a place, as a register writes it, was an administrative unit on some day from the first to the
 * last. Null: that cannot be told, as where no units of those days are loaded, or it is not said what kind of
 * unit is meant.
 */
export const lookUpUnits = defineRequest(
  'intake',
  'unit.look-up.v1',
  closed({
    places: Type.Array(closed({ place: UnitName, first: Day, last: Day }), {
      minItems: 1,
      maxItems: UNITS_LOOKED_UP_MAX,
    }),
  }),
  closed({ known: Type.Array(Type.Union([Type.Boolean(), Type.Null()])) }),
)
