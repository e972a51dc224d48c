/** Rule U30 of docs/spec/registry.md: whether a place was an administrative unit on a day. */
import { randomUUID } from 'node:crypto'
import { testDatabase } from '@songnhap/testkit'
import { t } from 'tap'
import type { DB } from '../src/schema.gen.ts'
import { applyUnitImport, planUnitImport } from '../src/units/apply-units.ts'
import { lookUpUnits } from '../src/units/look-up-units.ts'
import { addUnitRows, openUnitImport } from '../src/units/stage-units.ts'

const MIGRATIONS = new URL('../migrations/', import.meta.url)

t.test('U30: yes, no, or not known', async (t) => {
  const { db } = await testDatabase<DB>(t, 'intake', MIGRATIONS)
  const load = async (validFrom: string, names: readonly string[], validTo?: string) => {
    const importId = randomUUID()
    const until = validTo === undefined ? {} : { validTo }
    await openUnitImport(db, { importId, validFrom, source: 'made up', ...until })
    const rows = names.map((name, at) => {
      const level = name.startsWith('Xã') ? 'commune' : 'province'
      return { line: at + 2, code: `${at}`, level, name }
    })
    await addUnitRows(db, { importId, rows })
    const { fingerprint } = await planUnitImport(db, { importId })
    await applyUnitImport(db, { importId, fingerprint })
  }
  await load(
    '2020-01-01',
    ['Tỉnh Nghệ An', 'Tỉnh Bà Rịa-Vũng Tàu', 'Xã Hoa Sơn', 'Xã Hòa Sơn'],
    '2023-01-01',
  )
  await load('2025-07-01', ['Tỉnh Nghệ An', 'Xã Vĩnh Tường'])
  await load('2026-07-01', ['Tỉnh Nghệ An'])

  const cases: [place: string, first: string, last: string, known: boolean | null][] = [
    ['xã Hoà Sơn', '2021-05-05', '2021-05-05', true],
    ['UBND xã Hoa Sơn, huyện Anh Sơn, tỉnh Nghệ An', '2021-01-01', '2021-12-31', true],
    ['xã Hoa Sơn - huyện Anh Sơn - Nghệ An', '2021-01-01', '2021-01-01', true],
    ['xã Hoa Sơn huyện Anh Sơn', '2021-01-01', '2021-01-01', true],
    ['Tỉnh Bà Rịa - Vũng Tàu', '2021-01-01', '2021-01-01', true],
    ['Ủy ban nhân dân xã Hoa Sơn', '2021-01-01', '2021-01-31', true],
    ['Hoa Sơn', '2021-01-01', '2021-01-01', true],
    ['xã Vĩnh Tường', '2021-01-01', '2021-01-01', false],
    ['Xã Hoa Sơn', '2025-08-01', '2025-08-01', false],
    ['Xã Hoa Sơn', '2022-12-01', '2025-12-31', true],
    // Nothing is known of a day between.
    ['Xã Vĩnh Tường', '2022-12-31', '2022-12-31', false],
    ['Xã Vĩnh Tường', '2022-12-31', '2023-01-01', null],
    ['Xã Hoa Sơn', '2024-01-01', '2024-01-01', null],
    ['Xã Hoa Sơn', '1999-01-01', '2020-01-01', true],
    ['Xã Vĩnh Tường', '1999-01-01', '2020-01-01', null],
    // No word for what it is: anything else may be meant.
    ['Bệnh viện Hoa Sơn', '2021-01-01', '2021-01-01', null],
    ['Vĩnh Tường', '2021-01-01', '2021-01-01', null],
    // A list without communes.
    ['Xã Vĩnh Tường', '2026-08-01', '2026-08-01', null],
    ['Tỉnh Hà Tĩnh', '2026-08-01', '2026-08-01', false],
    ['Phường Hoa Sơn', '2021-01-01', '2021-01-01', null],
    [', ', '2021-01-01', '2021-01-01', null],
  ]
  const places = cases.map(([place, first, last]) => ({ place, first, last }))
  const { known } = await lookUpUnits(db, { places })
  t.same(
    known.map((one, at) => [places[at]?.place, places[at]?.first, one]),
    cases.map(([place, first, _, one]) => [place, first, one]),
  )
})
