/** Rules U20–U27 of docs/spec/registry.md: units as versions. Small states made up after Nghệ An's. */
import { randomUUID } from 'node:crypto'
import type { UnitRow } from '@songnhap/contracts'
import { testDatabase } from '@songnhap/testkit'
import { type Kysely, sql } from 'kysely'
import { type Test, t } from 'tap'
import type { DB } from '../src/schema.gen.ts'
import { applyUnitImport, planUnitImport } from '../src/units/apply-units.ts'
import { findUnits } from '../src/units/find-units.ts'
import { listUnitStates } from '../src/units/list-unit-states.ts'
import { addUnitRows, openUnitImport } from '../src/units/stage-units.ts'
import { codeOf } from './open-shelf.ts'

const MIGRATIONS = new URL('../migrations/', import.meta.url)
const [BEFORE, SINCE] = ['2020-01-01', '2025-07-01']

/** `code, level, name, parentCode?, madeFrom?` */
type Short = [
  code: string,
  level: string,
  name: string,
  parentCode?: string | undefined,
  madeFrom?: string,
]
const OLD: Short[] = [
  ['40', 'province', 'Tỉnh Nghệ An'],
  ['424', 'district', 'Huyện Anh Sơn', '40'],
  ['427', 'district', 'Huyện Đô Lương', '40'],
  ['428', 'district', 'Huyện Thanh Chương', '40'],
  ['17357', 'commune', 'Xã Hoa Sơn', '424'],
  ['17360', 'commune', 'Xã Hội Sơn', '424'],
  ['17647', 'commune', 'Xã Hòa Sơn', '427'],
  ['17677', 'commune', 'Xã Quang Sơn', '427'],
  ['17680', 'commune', 'Xã Minh Sơn', '427'],
  ['17728', 'commune', 'Xã Minh Sơn', '428'],
  ['17230', 'commune', 'Xã Bình Chuẩn', '428'],
]
const NEW: Short[] = [
  ['40', 'province', 'Tỉnh Nghệ An', undefined, 'giữ nguyên'],
  ['17357', 'commune', 'Xã Vĩnh Tường', '40', 'Xã Hoa Sơn, Xã Hội Sơn'],
  [
    '17677',
    'commune',
    'Xã Văn Hiến',
    '40',
    'Xã Hoà Sơn, Xã Quang Sơn, Xã Minh Sơn (huyện Đô Lương)',
  ],
  ['17728', 'commune', 'Xã Cát Ngạn', '40', 'Xã Minh Sơn, Xã Phong Thịnh'],
  ['17230', 'commune', 'Xã Bình Chuẩn', '40', 'giữ nguyên'],
]

function rowsOf(units: readonly Short[]): UnitRow[] {
  return units.map(([code, level, name, parentCode, madeFrom], index) => ({
    line: index + 2,
    code,
    level,
    name,
    ...(parentCode === undefined ? {} : { parentCode }),
    ...(madeFrom === undefined ? {} : { madeFrom }),
  }))
}

async function openUnits(t: Test) {
  const { db } = await testDatabase<DB>(t, 'intake', MIGRATIONS)
  const stage = async (validFrom: string, rows: readonly UnitRow[], validTo?: string) => {
    const importId = randomUUID()
    const until = validTo === undefined ? {} : { validTo }
    await openUnitImport(db, { importId, validFrom, source: 'made up', ...until })
    if (rows.length > 0) await addUnitRows(db, { importId, rows: [...rows] })
    return { importId, plan: await planUnitImport(db, { importId }) }
  }
  return {
    db,
    stage,
    async load(validFrom: string, units: readonly Short[], validTo?: string) {
      const { importId, plan } = await stage(validFrom, rowsOf(units), validTo)
      const { fingerprint } = plan
      await applyUnitImport(db, { importId, fingerprint })
      return { importId, plan }
    },
  }
}

async function nameOf(db: Kysely<DB>, code: string, on: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from unit_version where code = ${code} and valid_from <= ${on}::date
      and (valid_to is null or valid_to > ${on}::date)`.execute(db)
  return rows.map(({ name }) => name)
}

t.test('U20, U22: a later state ends what changed and goes on with what did not', async (t) => {
  const { db, load } = await openUnits(t)
  const { plan: first } = await load(BEFORE, OLD)
  t.match(first.counts, { rows: 11, opened: 11, closed: 0, unchanged: 0, renamed: 0 })
  const { plan } = await load(SINCE, NEW)
  t.equal(plan.previous, BEFORE)
  t.match(plan.counts, { rows: 5, opened: 4, closed: 10, unchanged: 1, renamed: 3, moved: 1 })
  t.match(plan.renamed[0], { code: '17357', before: 'Xã Hoa Sơn', after: 'Xã Vĩnh Tường' })
  t.same(await nameOf(db, '17357', '2025-06-30'), ['Xã Hoa Sơn'], 'a code is reused')
  t.same(await nameOf(db, '17357', SINCE), ['Xã Vĩnh Tường'])
  t.same(await nameOf(db, '427', SINCE), [], 'there are no districts any more')
  t.match((await listUnitStates(db)).states, [
    { validFrom: BEFORE, units: [{ level: 'province', count: 1 }, { count: 3 }, { count: 7 }] },
    {
      validFrom: SINCE,
      units: [
        { level: 'province', count: 1 },
        { level: 'commune', count: 4 },
      ],
    },
  ])
})

t.test('U21: nothing is stored before it is applied, and that happens once', async (t) => {
  const { db, stage, load } = await openUnits(t)
  const { importId, plan } = await stage(BEFORE, rowsOf(OLD))
  t.match(plan, { applied: false, errors: [], counts: { opened: 11 } })
  t.same((await listUnitStates(db)).states, [])
  const fingerprint = '0'.repeat(64)
  t.equal(await codeOf(applyUnitImport(db, { importId, fingerprint })), 'UNITS_CHANGED')
  const other = await stage(BEFORE, rowsOf(OLD.slice(0, 2)))
  const asked = { importId, fingerprint: plan.fingerprint }
  const [one, again] = await Promise.all([applyUnitImport(db, asked), applyUnitImport(db, asked)])
  t.same(one, again)
  const late = { importId: other.importId, fingerprint: other.plan.fingerprint }
  t.equal(await codeOf(applyUnitImport(db, late)), 'UNITS_INVALID', 'another was faster')
  t.equal(await codeOf(addUnitRows(db, { importId, rows: rowsOf(OLD) })), 'ALREADY_EXISTS')
  t.equal(await codeOf(planUnitImport(db, { importId: randomUUID() })), 'NOT_FOUND')
  const { plan: same } = await load(BEFORE, OLD)
  t.match(same.counts, { opened: 0, closed: 0, unchanged: 11 }, 'the same state again is nothing')
})

t.test('U22: a place of tone mark, capitals and blanks change no name; a mark does', async (t) => {
  const { load } = await openUnits(t)
  await load(BEFORE, [['40', 'province', 'Tỉnh Hòa Sơn']])
  const { plan } = await load('2021-01-01', [['40', 'province', 'TỈNH  Hoà Sơn ']])
  t.match(plan.counts, { opened: 0, closed: 0, unchanged: 1 })
  const { plan: marked } = await load('2022-01-01', [['40', 'province', 'Tỉnh Hoa Sơn']])
  t.match(marked.counts, { opened: 1, closed: 1, renamed: 1 })
})

t.test('U22: what is in a renamed unit goes on as a new version of the same', async (t) => {
  const { db, load } = await openUnits(t)
  await load(BEFORE, [
    ['46', 'province', 'Tỉnh Thừa Thiên Huế'],
    ['474', 'district', 'Huyện Phú Vang', '46'],
  ])
  const { plan } = await load('2025-01-01', [
    ['46', 'province', 'Thành phố Huế'],
    ['474', 'district', 'Huyện Phú Vang', '46'],
  ])
  t.match(plan.counts, { opened: 2, closed: 2, renamed: 1, carried: 1, successions: 1 })
  const { matches } = await findUnits(db, { name: 'phú vang', on: '2025-01-01' })
  t.match(matches, [{ within: ['Thành phố Huế'], predecessors: [{ code: '474', part: 'whole' }] }])
})

t.test(
  'U23: words lead to predecessors by names, exact to the tone mark; the rest is told',
  async (t) => {
    const { db, load } = await openUnits(t)
    await load(BEFORE, OLD)
    const { plan } = await load(SINCE, NEW)
    t.match(plan.counts, { successions: 6, unmatched: 2 })
    t.same(plan.unmatched, [
      { line: 5, code: '17728', words: 'Xã Minh Sơn', reason: 'several' },
      { line: 5, code: '17728', words: 'Xã Phong Thịnh', reason: 'not-found' },
    ])
    const predecessors = async (name: string) => {
      const { matches } = await findUnits(db, { name, on: SINCE })
      return matches.map((unit) => unit.predecessors.map(({ code }) => code))
    }
    t.same(await predecessors('Vĩnh Tường'), [['17357', '17360']], 'Hoa Sơn, and not Hòa Sơn')
    t.same(await predecessors('Văn Hiến'), [['17647', '17677', '17680']], 'Hoà Sơn is Hòa Sơn')
    const [old] = (await findUnits(db, { name: 'Xã Hòa Sơn', on: BEFORE })).matches
    t.match(old?.successors, [{ code: '17677', name: 'Xã Văn Hiến' }], 'it has one successor')
  },
)

t.test(
  'U24: importing the state again adds predecessors, by codes too, and nothing else',
  async (t) => {
    const { db, stage, load } = await openUnits(t)
    await load(BEFORE, OLD)
    await load(SINCE, NEW)
    const rows = rowsOf(NEW).map((row) =>
      row.code === '17728' ? { ...row, predecessorCodes: ['17728', '99999'] } : row,
    )
    const { importId, plan } = await stage(SINCE, rows)
    t.match(plan.counts, { opened: 0, closed: 0, successions: 7, unmatched: 1 })
    t.same(plan.unmatched, [{ line: 5, code: '17728', words: '99999', reason: 'not-found' }])
    await applyUnitImport(db, { importId, fingerprint: plan.fingerprint })
    t.match((await listUnitStates(db)).states, [{ successions: 0 }, { successions: 7 }])
    const other = await stage(
      SINCE,
      rowsOf(NEW.with(4, ['17230', 'commune', 'Xã Bình Chuân', '40'])),
    )
    t.match(other.plan.errors, [{ line: 6, column: 'code', message: /loaded already/ }])
  },
)

t.test('U25: states come in before the first or after the last', async (t) => {
  const { db, stage, load } = await openUnits(t)
  await load(SINCE, NEW)
  const { plan } = await load(BEFORE, OLD)
  t.match(plan.counts, { opened: 11, closed: 0 })
  t.same(await nameOf(db, '17357', '2025-06-30'), ['Xã Hoa Sơn'])
  t.same(await nameOf(db, '17357', SINCE), ['Xã Vĩnh Tường'], 'it ends where the other begins')
  t.match((await stage('2023-01-01', rowsOf(OLD))).plan.errors, [{ column: 'valid-from' }])
  const late = await stage('2010-01-01', rowsOf(OLD), '2021-01-01')
  t.match(late.plan.errors, [{ column: 'valid-to' }])
  await load('2010-01-01', OLD.slice(0, 1), '2011-01-01')
  t.same(await nameOf(db, '40', '2010-12-31'), ['Tỉnh Nghệ An'])
  t.same(await nameOf(db, '40', '2011-01-01'), [], 'nothing is known between')
  await load('2026-01-01', NEW, '2027-01-01')
  t.match((await stage('2026-06-01', rowsOf(NEW))).plan.errors, [{ message: /2027-01-01/ }])
  t.equal(await codeOf(stage('2026-06-01', [], '2026-06-01')), 'MALFORMED')
})

t.test(
  'U26: a list that contradicts itself is refused with lines, and nothing is applied',
  async (t) => {
    const { db, stage } = await openUnits(t)
    const [first] = rowsOf(OLD)
    const double = { ...(first as UnitRow), line: 9 }
    const orphan = { line: 10, code: '5', level: 'commune', name: 'Xã A', parentCode: '77' }
    const { importId, plan } = await stage(BEFORE, [...rowsOf(OLD).slice(0, 3), double, orphan])
    t.match(plan.errors, [
      { line: 9, column: 'code', message: /line 2/ },
      { line: 10, column: 'parent_code', message: /77/ },
    ])
    const { fingerprint } = plan
    t.equal(await codeOf(applyUnitImport(db, { importId, fingerprint })), 'UNITS_INVALID')
    const circle: Short[] = [
      ['1', 'province', 'Tỉnh A', '2'],
      ['2', 'province', 'Tỉnh B', '1'],
    ]
    t.match((await stage(BEFORE, rowsOf(circle))).plan.errors, [{ line: 2 }, { line: 3 }])
    t.match((await stage(BEFORE, [])).plan.errors, [{ message: /no unit/ }])
  },
)

t.test('U27: names are found on a day; what differs in marks only is a suggestion', async (t) => {
  const { db, load } = await openUnits(t)
  await load(BEFORE, OLD)
  await load(SINCE, NEW)
  const found = async (name: string, on?: string, level?: string) => {
    const words = { name, ...(on ? { on } : {}), ...(level ? { level } : {}) }
    const { matches, suggestions } = await findUnits(db, words)
    return [matches.map((unit) => unit.name), suggestions.map((unit) => unit.name)]
  }
  t.same(await found('Hoà Sơn', BEFORE), [['Xã Hòa Sơn'], ['Xã Hoa Sơn']])
  t.same(await found('xã hoa sơn', BEFORE), [['Xã Hoa Sơn'], ['Xã Hòa Sơn']])
  t.same(await found('Hoa Son', BEFORE), [[], ['Xã Hoa Sơn', 'Xã Hòa Sơn']])
  t.same(await found('Hoa Sơn', SINCE), [[], []], 'not any more')
  t.same(await found('Minh Sơn'), [['Xã Minh Sơn', 'Xã Minh Sơn'], []], 'at any time')
  t.same(await found('huyện Minh Sơn', BEFORE), [[], ['Xã Minh Sơn', 'Xã Minh Sơn']])
  t.same(await found('Minh Sơn', BEFORE, 'district'), [[], []])
  const { matches } = await findUnits(db, { name: 'Minh Sơn', on: BEFORE })
  t.same(
    matches.map(({ within }) => within),
    [
      ['Huyện Đô Lương', 'Tỉnh Nghệ An'],
      ['Huyện Thanh Chương', 'Tỉnh Nghệ An'],
    ],
  )
  t.match(matches, [{ validFrom: BEFORE, validTo: SINCE, type: 'xa' }, {}])
})

t.test('U20: a version only ends, once', async (t) => {
  const { db, load } = await openUnits(t)
  await load(BEFORE, OLD)
  const change = (what: Record<string, unknown>) =>
    db.updateTable('unit_version').set(what).execute()
  await t.rejects(change({ name: 'Xã Khác' }), { code: 'SN001' })
  await t.rejects(db.deleteFrom('unit_version').execute(), { code: 'SN001' })
  await change({ valid_to: '2024-01-01' })
  await t.rejects(change({ valid_to: '2024-01-02' }), { code: 'SN001' })
  await t.rejects(change({ valid_to: null }), { code: 'SN001' })
  await t.rejects(db.deleteFrom('unit_succession').execute(), { code: 'SN001' })
})
