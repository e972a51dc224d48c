import { readdirSync, readFileSync } from 'node:fs'
import type { FormDefinition, TypedRecord } from '@songnhap/contracts'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { t } from 'tap'
import {
  checkFields,
  checkRecords,
  findFormProblems,
  optionsOf,
  readFormDefinition,
} from '../src/index.ts'

const FOLDER = new URL('../../../forms/', import.meta.url)
const FILES = readdirSync(FOLDER).filter((name) => /\.v\d+\.json$/.test(name))

/** Columns of the hand-over template of each kind of register, and those thought worth two readings. */
const TEMPLATES: Readonly<Record<string, readonly [columns: number, core: string]>> = {
  ks: [
    63,
    'so quyenSo trangSo ngayDangKy loaiDangKy noiDangKy nksHoTen nksGioiTinh nksNgaySinh nksDanToc ' +
      'nksQuocTich meHoTen meNgaySinh meDanToc meQuocTich meLoaiCuTru chaHoTen chaNgaySinh ' +
      'chaDanToc chaQuocTich chaLoaiCuTru',
  ],
  kh: [
    44,
    'so quyenSo trangSo ngayDangKy loaiDangKy noiDangKy voHoTen voNgaySinh voDanToc voQuocTich ' +
      'voLoaiCuTru voLoaiGiayToTuyThan voSoGiayToTuyThan chongHoTen chongNgaySinh chongDanToc ' +
      'chongQuocTich chongLoaiCuTru chongLoaiGiayToTuyThan chongSoGiayToTuyThan',
  ],
  kt: [
    48,
    'so quyenSo trangSo ngayDangKy loaiDangKy noiDangKy nktHoTen nktGioiTinh nktNgaySinh nktDanToc ' +
      'nktQuocTich nktLoaiCuTru nktLoaiGiayToTuyThan nktSoGiayToTuyThan nktNgayChet',
  ],
  cmc: [
    52,
    'so quyenSo trangSo quyetDinhSo ngayDangKy loaiDangKy noiDangKy cmHoTen cmNgaySinh cmDanToc ' +
      'cmQuocTich cmLoaiCuTru cmLoaiGiayToTuyThan cmSoGiayToTuyThan ncHoTen ncNgaySinh ncDanToc ' +
      'ncQuocTich ncLoaiCuTru ncLoaiGiayToTuyThan ncSoGiayToTuyThan',
  ],
  hn: [35, 'so quyenSo trangSo ngayDangKy nxnHoTen nxnNgaySinh nxnDanToc nxnQuocTich nxnLoaiCuTru'],
}
const OTHERS: Readonly<Record<string, string>> = {
  'notary-register': 'number day nature parties registered_day duty',
  'hospital-admission':
    'admission_number date_of_entry name quality age place_of_birth port_sailed_out_of ' +
    'years_at_sea last_services circumstances_or_complaint date_of_discharge how_disposed_of ' +
    'days_victualled',
  'specimen-label': 'recorded_by scientific_name event_date_verbatim event_date',
  'one-field': 'text',
}

function textOf(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8')
}

function shipped(name: string): FormDefinition {
  return readFormDefinition(JSON.parse(textOf(`${name}.v1.json`)))
}

function recordOf(form: FormDefinition, values: Readonly<Record<string, string>>): TypedRecord {
  return Object.fromEntries(
    form.fields.map(({ name, required }) => {
      const value = values[name] ?? ''
      const isBlank = value === '' && required !== false
      return [name, { value, origin: 'typed', ...(isBlank ? { mark: 'blank' as const } : {}) }]
    }),
  )
}

function namesOf(form: FormDefinition, records: readonly TypedRecord[]): string[] {
  return checkFields(form, [...records]).map(({ check }) => check)
}

t.test(
  'F24, F32: every shipped form passes, for us and for any program with the schema',
  async (t) => {
    const schema = JSON.parse(textOf('form.schema.json'))
    // As a program that knows none of our keywords.
    const ajv = new Ajv({ strict: false })
    addFormats.default(ajv, ['date'])
    const passes = ajv.compile(schema)
    t.equal(FILES.length, 11)
    for (const file of FILES) {
      const input = JSON.parse(textOf(file))
      t.same(findFormProblems(input), [], file)
      t.ok(passes(input), file)
      const form = readFormDefinition(input)
      t.equal(file, `${form.name}.v${form.version}.json`)
      t.same(JSON.parse(JSON.stringify(form)), input)
      t.ok([undefined, './form.schema.json'].includes(form.$schema))
    }
    t.notOk(passes({ ...shipped('one-field'), version: 0 }))
  },
)

t.test('F32: the five civil-status forms have the columns of the hand-over', async (t) => {
  for (const [name, [columns, core]] of Object.entries(TEMPLATES)) {
    const { fields } = shipped(name)
    t.equal(fields.length, columns, name)
    t.same(
      new Set(fields.filter((field) => field.entry === 'core').map((field) => field.name)),
      new Set(core.split(' ')),
      name,
    )
    t.notOk(
      fields.some((field) => field.entry === 'single'),
      'whoever wants to key a field once says so',
    )
    for (const field of fields) {
      t.ok([field.label.vi, field.label.en].every(Boolean))
    }
  }
})

t.test('F32: the other registers have the fields that are known of them', async (t) => {
  for (const [name, fields] of Object.entries(OTHERS)) {
    t.same(
      shipped(name).fields.map((field) => field.name),
      fields.split(' '),
    )
  }
})

t.test(
  'F32: ethnic groups go by name, in the forms of other lists, and by no name that insults',
  async (t) => {
    const form = shipped('ks')
    const field = form.fields.find(({ name }) => name === 'nksDanToc')
    t.equal(field?.open, true, 'an old register may have any name')
    const options = field === undefined ? [] : optionsOf(form, field)
    t.equal(options.filter(({ code }) => Number(code) <= 54).length, 54)
    t.same(options.find(({ value }) => value === 'Khơ Me')?.code, '05')
    t.ok(options.find(({ value }) => value === 'Khơ Me')?.aliases?.includes('Khmer'))
    const offered = options.flatMap(({ value, aliases = [] }) => [value, ...aliases])
    for (const name of ['Mèo', 'Mán', 'Xá', 'Mọi', 'Khạ']) {
      t.notOk(
        offered.some((text) => text.includes(name)),
        name,
      )
    }
    const typed = recordOf(form, { ...BIRTH, nksDanToc: 'Mèo' })
    t.same(checkRecords(form, [typed]), [], 'but what is written may be keyed')
  },
)

const BIRTH = {
  so: '24/2018',
  quyenSo: '01/2018',
  ngayDangKy: '12.3.2018',
  loaiDangKy: 'Đúng hạn',
  noiDangKy: 'UBND xã Tam Thái, huyện Tương Dương, tỉnh Nghệ An',
  nksHoTen: 'Lò Thị Mây',
  nksGioiTinh: 'Nữ',
  nksNgaySinh: '05.02.2018',
  nksNgaySinhBangChu: 'Ngày mồng năm tháng hai năm hai nghìn không trăm mười tám',
  nksNoiSinh: 'Trạm y tế xã Tam Thái',
  nksQueQuan: 'Xã Tam Thái, huyện Tương Dương, tỉnh Nghệ An',
  nksDanToc: 'Thái',
  nksQuocTich: 'Việt Nam',
  nksLoaiKhaiSinh: 'Đã xác định cả cha lẫn mẹ',
  nksSoDinhDanh: '040318000001',
  meHoTen: 'Vi Thị Hoa',
  meNgaySinh: '1995',
  meDanToc: 'Thái',
  meQuocTich: 'Việt Nam',
  chaHoTen: 'Lò Văn Bốn',
  chaNgaySinh: '1993',
  chaDanToc: 'Khơ Mú',
  chaQuocTich: 'Việt Nam',
}

t.test(
  'F32: a birth as it should be has no findings; each thing that is odd has its own',
  async (t) => {
    const form = shipped('ks')
    t.same(checkRecords(form, [recordOf(form, BIRTH)]), [])
    const odd = (changes: object) => namesOf(form, [recordOf(form, { ...BIRTH, ...changes })])
    t.same(odd({}), [])
    t.same(odd({ ngayDangKy: '7.4.2018' }), ['registered-in-time'])
    t.same(odd({ ngayDangKy: '7.4.2018', loaiDangKy: 'Quá hạn' }), [])
    t.same(odd({ ngayDangKy: '4.2.2018' }), ['born-before-registered'])
    t.same(odd({ quyenSo: '01/2016' }), ['registered-in-year-of-book'])
    t.same(odd({ meNgaySinh: '2007' }), ['mother-older'])
    t.same(odd({ nksNgaySinhBangChu: 'Ngày năm tháng ba năm 2018' }), ['words-equal-digits'])
    t.same(odd({ nksNgaySinh: '30.2.2018', nksNgaySinhBangChu: '' }), ['child-born-exists'])
    t.same(odd({ nksGioiTinh: 'Nam' }), ['child-number'])
    t.same(odd({ nksHoTen: 'Lô Thị Mây' }), ['family-name'])
    t.same(odd({ nksLoaiKhaiSinh: 'Chưa xác định cha' }), ['father-not-named'])
    t.same(odd({ chaHoTen: '', chaNgaySinh: '', nksHoTen: 'Vi Thị Mây' }), ['father-named'])
    t.same(odd({ meLoaiGiayToTuyThan: 'CMND', meSoGiayToTuyThan: '18012345' }), ['mother-paper'])
    t.same(odd({ meLoaiGiayToTuyThan: 'Hộ chiếu', meSoGiayToTuyThan: 'B1234567' }), [])

    const page = ['24/2018', '25/2018', '27/2018'].map((so) =>
      recordOf(form, { ...BIRTH, so, nksHoTen: `Lò Thị ${so}` }),
    )
    t.same(namesOf(form, page), ['number-follows'])
    t.same(namesOf(form, [recordOf(form, BIRTH), recordOf(form, { ...BIRTH, so: '25/2018' })]), [
      'child-once',
    ])
  },
)

t.test(
  'F32: marriages know the age of the law of their day, and columns that were swapped',
  async (t) => {
    const form = shipped('kh')
    const couple = { voHoTen: 'Vi Thị Hoa', chongHoTen: 'Lò Văn Bốn', voNgaySinh: '1.1.1990' }
    const odd = (changes: object) => namesOf(form, [recordOf(form, { ...couple, ...changes })])
    t.same(odd({ ngayDangKy: '1.6.2009', chongNgaySinh: '1.1.1990' }), [])
    t.same(odd({ ngayDangKy: '1.6.2008', chongNgaySinh: '1.1.1990' }), ['husband-age-before-2015'])
    t.same(odd({ ngayDangKy: '1.6.2016', chongNgaySinh: '1.7.1996' }), ['husband-age'])
    t.same(odd({ voHoTen: 'Lò Văn Bốn', chongHoTen: 'Vi Thị Hoa' }), ['spouses-not-swapped'])
  },
)

t.test('F32: deaths come after births and before their registration', async (t) => {
  const form = shipped('kt')
  const death = { nktNgaySinh: '45 tuổi', nktNgayChet: '1.2.1999', ngayDangKy: '10.2.1999' }
  const odd = (changes: object) => namesOf(form, [recordOf(form, { ...death, ...changes })])
  t.same(odd({}), [])
  t.same(odd({ nktNgaySinh: '2000' }), ['born-before-died', 'born-before-registered'])
  t.same(odd({ nktNgayChet: '11.2.1999' }), ['died-before-registered'])
  t.same(odd({ nktNgayChet: '1.1999', loaiDangKy: 'Đúng hạn' }), [])
  t.same(odd({ nktNgayChet: '25.1.1999', loaiDangKy: 'Đúng hạn' }), ['registered-in-time'])
})
