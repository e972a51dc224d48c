/** What each kind of field accepts, what it calls a variant, and what it never passes over. */
import type { FieldDefinition, FieldKind } from '@songnhap/contracts'
import { type Test, t } from 'tap'
import { checkIdentityNumber, compareReadings, standardForm } from '../../src/index.ts'
import { fieldOf, typed } from '../field-of.ts'

type Case = readonly [a: string, b: string, expected: string]

function check(t: Test, field: FieldDefinition, cases: readonly Case[]) {
  for (const [a, b, expected] of cases) {
    const { class: found, rule } = compareReadings(field, typed(a), typed(b))
    const shown = found === 'different' || found === 'identical' ? found : `${found} ${rule}`
    t.equal(shown, expected, `${field.kind}: ${a} / ${b}`)
  }
}

function eachStands(t: Test, kind: FieldKind, forms: Readonly<Record<string, string>>) {
  for (const [value, form] of Object.entries(forms)) {
    t.equal(standardForm(fieldOf(kind), value), form, `${kind}: ${value}`)
  }
}

t.test('C4, C19: names of people', async (t) => {
  check(t, fieldOf('name'), [
    ['Nguyễn Thị Hoà', 'Nguyễn Thị Hòa', 'equivalent tone-placement'],
    ['Thuý', 'Thúy', 'equivalent tone-placement'],
    ['Khoẻ', 'khỏe', 'equivalent case-ignored'],
    ['NGUYỄN VĂN A', 'Nguyễn Văn A', 'equivalent case-ignored'],
    ['Nguyễn Vân-Anh', 'Nguyễn Vân Anh', 'equivalent hyphen-for-blank'],
    ['\u00d0ặng', '\u0110ặng', 'equivalent look-alike-letter'],
    ['An\u200b', 'An', 'equivalent look-alike-letter'],
    ['Nguyễn\u00a0An', 'Nguyễn An', 'equivalent nfc-white-space'],
    ['Lý', 'Lí', 'variant i-for-y'],
    ['Mỹ Quý', 'Mĩ Quí', 'variant i-for-y'],
    ['Vy', 'Vi', 'variant i-for-y'],
    ['Thúy', 'Thúi', 'different'],
    ['Ng. Văn An', 'Nguyễn Văn An', 'variant abbreviation'],
    ['Ng~ Văn An', 'Nguyễn Văn An', 'variant abbreviation'],
    ['Ng.Th.Lan', 'Nguyễn Thị Lan', 'variant abbreviation'],
    ['Nguyễn An', 'Nguyễn Văn An', 'variant word-left-out'],
    ['Nguyễn Văn An', 'Văn An', 'different'],
    ["H'Mông", 'HMông', 'variant punctuation'],
    ['Đắk Lăk', 'Đắklăk', 'variant punctuation'],
    ['Nguyễn Văn Tuấn', 'Nguyễn Văn Tuân', 'different'],
    ['Đào', 'Dào', 'different'],
    ['Sơn', 'Son', 'different'],
    ['Nguyễn', 'Nguyển', 'different'],
    ['NguyÔn', 'Nguyễn', 'different'],
    ['Nguyeãn', 'Nguyễn', 'different'],
    ['Hoaf', 'Hoà', 'different'],
  ])
  eachStands(t, 'name', {
    'NGUYỄN  THỊ HOÀ': 'Nguyễn Thị Hòa',
    "h'len niê-kdăm": "H'Len Niê Kdăm",
    'ıßparta straße': 'ıßparta Straße',
  })
})

t.test('C14: a form may want the tone of hòa on its second vowel', async (t) => {
  const field = fieldOf('name', { comparison: { tonePlacement: 'new' } })
  t.equal(standardForm(field, 'Thị Hòa'), 'Thị Hoà')
  t.equal(standardForm(field, 'THUÝ'), 'Thuý')
  t.equal(standardForm(fieldOf('name'), 'Thị Hoà'), 'Thị Hòa')
  t.equal(standardForm(field, 'Tóan'), 'Toán', 'elsewhere there is one place')
  check(t, field, [
    ['Hoà', 'Hòa', 'equivalent tone-placement'],
    ['Hoà', 'Hoa', 'different'],
  ])
})

t.test('C4, C19: peoples and words of other languages, joined or apart', async (t) => {
  for (const kind of ['name', 'place', 'text', 'choice'] as const) {
    check(t, fieldOf(kind), [
      ["H'Mông", 'HMông', 'variant punctuation'],
      ['Raglai', 'Ra-glai', 'variant punctuation'],
    ])
  }
  check(t, fieldOf('text'), [['Ra-glai', 'Ra glai', 'variant punctuation']])
  check(t, fieldOf('name'), [['Ra-glai', 'Ra glai', 'equivalent hyphen-for-blank']])
})

t.test('C4, C19: places', async (t) => {
  check(t, fieldOf('place'), [
    ['Xã Hoà Hiếu , huyện A', 'xã Hòa Hiếu, Huyện A', 'equivalent case-ignored'],
    ['Xã A,huyện B', 'Xã A, huyện B', 'equivalent blank-at-separator'],
    ['Ra-glai', 'Ra glai', 'equivalent hyphen-for-blank'],
    ['Tx. Thái Hòa', 'Thị xã Thái Hoà', 'variant abbreviation'],
    ['TX Thái Hòa', 'Thị xã Thái Hòa', 'variant abbreviation'],
    ['H. Nghi Lộc, T. Nghệ An', 'Huyện Nghi Lộc, tỉnh Nghệ An', 'variant abbreviation'],
    ['TT, H. A', 'thị trấn, huyện A', 'variant abbreviation'],
    ['X. Nghi Văn', 'xã Nghi Văn', 'variant abbreviation'],
    ['P. Hà Huy Tập, TP. Vinh', 'phường Hà Huy Tập, thành phố Vinh', 'variant abbreviation'],
    ['UBND X. A', 'Uỷ ban nhân dân xã A', 'variant abbreviation'],
    ['Đắk Lắk', 'Đắc Lắc', 'variant place-spelling'],
    ['Đak Lăk', 'Đắk Lắk', 'variant place-spelling'],
    ['Kỳ Sơn', 'Kì Sơn', 'variant i-for-y'],
    ['xã A - huyện B', 'xã A, huyện B', 'variant punctuation'],
    ['Châu Bình', 'Châu Bính', 'different'],
    ['Nậm Cắn', 'Nậm Càn', 'different'],
    ['Nghi Văn', 'Nghi Vạn', 'different'],
    ['Thành Sơn', 'Thanh Sơn', 'different'],
    ['Đồng Thành', 'Đông Thành', 'different'],
    ['Hoa Sơn', 'Hòa Sơn', 'different'],
    ['Diên Hoa', 'Diễn Hoa', 'different'],
  ])
  eachStands(t, 'place', { 'ubnd xã hoà hiếu ,tp vinh': 'UBND Xã Hòa Hiếu, TP Vinh' })
})

t.test('C4, C15, C16, C17, C19: dates', async (t) => {
  check(t, fieldOf('date'), [
    ['1/2/1985', '01-02-1985', 'equivalent date-layout'],
    ['1/2/1985', 'ngày 1 tháng 2 năm 1985', 'equivalent date-layout'],
    ['01.02.1985', 'Một tháng hai năm một chín tám lăm', 'equivalent date-layout'],
    ['31/02/1985', '31.2.1985', 'equivalent date-layout'],
    ['45 tuổi', 'bốn mươi lăm tuổi', 'equivalent date-layout'],
    ['1/2/85', '1/2/1985', 'variant century-left-out'],
    ['72', '1972', 'variant century-left-out'],
    ['1/2/1985', '2/1/1985', 'different'],
    ['1985', '02/1985', 'different'],
    ['1/2/1985', '1/2/1985 âm lịch', 'different'],
    ['00/02/1985', '02/1985', 'different'],
    ['45 tuổi', '1945', 'different'],
    ['cuối năm 1985', '1985', 'different'],
  ])
  const detail = (a: string, b: string) =>
    compareReadings(fieldOf('date'), typed(a), typed(b)).detail
  t.same(detail('1/2/1985', '2/1/1985'), ['day', 'month', 'day-month-swapped'])
  t.same(detail('1/2/1985', '1/2/1958 âl'), ['year', 'calendar'])
  t.same(detail('31/02/1985', '3/02/1985'), ['day', 'impossible-date'])
  t.same(detail('khoảng 1985', '1985'), ['no-date'])
})

t.test('C4, C19: numbers of registrations and books', async (t) => {
  check(t, fieldOf('registration-number'), [
    ['01 / 2018', '01/2018', 'equivalent blank-at-separator'],
    ['01/2018', '1/2018', 'variant leading-zeros'],
    ['01-2018', '01/2018', 'variant punctuation'],
    ['12a', '12A', 'variant case-differs'],
    ['01/', '01', 'different'],
    ['24', '42', 'different'],
    ['1/2018', '12018', 'different'],
  ])
  const lenient = { comparison: { ignoreLeadingZeros: true } }
  check(t, fieldOf('registration-number', lenient), [
    ['001/2018', '01/2018', 'equivalent leading-zeros-ignored'],
    ['10', '1', 'different'],
    ['0', '00', 'equivalent leading-zeros-ignored'],
  ])
  check(t, fieldOf('book-number'), [
    ['Quyển số 01/2017', '01/2017', 'variant words-beside-number'],
    ['01/2017', '02/2017', 'different'],
  ])
})

t.test('C4, C19: whole numbers, money and numbers of any kind', async (t) => {
  check(t, fieldOf('integer'), [
    ['1.234', '1234', 'equivalent number-layout'],
    ['1,234,567', '1 234 567', 'equivalent number-layout'],
    ['007', '7', 'variant leading-zeros'],
    ['1.23', '123', 'different'],
    ['17', '11', 'different'],
  ])
  check(t, fieldOf('money'), [
    ['1.500.000đ', '1,500,000 đ', 'equivalent number-layout'],
    ['12,50', '12.50', 'equivalent number-layout'],
    ['$1,234.50', '$ 1234.50', 'equivalent number-layout'],
    ['1500000 đồng', '1.500.000 VNĐ', 'variant currency-spelling'],
    ['1500000', '1500000đ', 'variant currency-spelling'],
    ['12', '12,00', 'variant decimal-zeros'],
    ['1500đ', '1500d', 'different'],
    ['$5', '5', 'different'],
    ['1.500', '15.00', 'different'],
    ['Rs. 12-8-0', 'Rs. 12-8-1', 'different'],
  ])
  check(t, fieldOf('number'), [
    ['1.234', '1234', 'different'],
    ['Rs 12', 'Rs. 12', 'variant punctuation'],
  ])
})

t.test('C4, C19: entries of a list, and yes or no', async (t) => {
  const label = { vi: '', en: '' }
  const options = [
    { value: 'Kinh', label, aliases: ['Việt', '01'] },
    { value: 'Khơ Mú', label },
    { value: 'Hoà', label },
    { value: 'Hòa', label },
  ]
  check(t, fieldOf('choice', { options }), [
    ['Kinh', 'Việt', 'equivalent code-alias'],
    ['01', 'Kinh', 'equivalent code-alias'],
    ['Kinh', 'kinh', 'variant case-differs'],
    ['Kinh', 'Khơ Mú', 'different'],
    ['1', '01', 'different'],
    ['Hoà', 'Hòa', 'different'],
  ])
  check(t, fieldOf('choice', { options, comparison: { ignoreCase: true } }), [
    ['Kinh', 'VIỆT', 'equivalent code-alias'],
  ])
  check(t, fieldOf('boolean'), [
    ['có', 'yes', 'equivalent truth-words'],
    ['x', '✓', 'equivalent truth-words'],
    ['Không', 'no', 'equivalent truth-words'],
    ['có', 'không', 'different'],
    ['không', 'không có', 'different'],
  ])
})

t.test('C4, C19: texts', async (t) => {
  check(t, fieldOf('text'), [
    ['hoà giải', 'hòa giải', 'equivalent tone-placement'],
    ['Sốt rét', 'sốt rét', 'variant case-differs'],
    ['H.C.S', 'HCS', 'variant punctuation'],
    ['số 1/2', 'số 12', 'different'],
    ['publico', 'público', 'different'],
    ['río', 'rió', 'different'],
  ])
  check(t, fieldOf('text', { comparison: { ignoreCase: true } }), [
    ['Sốt Rét', 'sốt rét', 'equivalent case-ignored'],
  ])
})

t.test('C22: identity numbers keep every digit, and are only warned about', async (t) => {
  check(t, fieldOf('identity-number'), [
    ['040 085 001 234', '040085001234', 'equivalent number-layout'],
    ['040.085.001.234', '040085001234', 'variant punctuation'],
    ['040085001234', '040085001284', 'different'],
    ['040085001234', '40085001234', 'different'],
  ])
  t.same(checkIdentityNumber('181234567'), [], 'nine digits of the old card')
  t.same(checkIdentityNumber('040085001234', { sex: 'male', birthYear: 1985 }), [])
  t.same(checkIdentityNumber('040 185 001 234', { sex: 'female', birthYear: 1985 }), [])
  t.same(checkIdentityNumber('040308001234', { sex: 'female', birthYear: 2008 }), [])
  t.same(checkIdentityNumber('101585001234', { sex: 'female', birthYear: 2185 }), [])
  t.same(checkIdentityNumber('040085001234', { sex: 'female', birthYear: 1958 }), [
    'other-sex',
    'other-birth-year',
  ])
  t.same(checkIdentityNumber('003085001234'), ['unknown-province'])
  t.same(checkIdentityNumber('04008500123'), ['not-9-or-12-digits'])
  t.same(checkIdentityNumber('B1234567'), ['not-digits'])
  const number = fieldOf('identity-number')
  const { detail } = compareReadings(number, typed('04008500123'), typed('040085001234'))
  t.same(detail, ['not-9-or-12-digits'])
})
