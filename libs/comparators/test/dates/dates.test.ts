/** Dates as registers write them: hotich's variants, each against the notation that is handed over. */
import fc from 'fast-check'
import { type Test, t } from 'tap'
import { checkDateInWords } from '../../src/dates/check-date-in-words.ts'
import { isPossible, writeDate } from '../../src/dates/partial-date.ts'
import { readDate } from '../../src/dates/read-date.ts'

function standard(text: string): string | null {
  const date = readDate(text)
  return date === null ? null : writeDate(date)
}

function check(t: Test, texts: Readonly<Record<string, string | null>>) {
  for (const [text, expected] of Object.entries(texts)) t.equal(standard(text), expected, text)
}

t.test('C15: digits with any usual separator, and parts left out', async (t) => {
  check(t, {
    '1/2/1985': '01.02.1985',
    '01-02-1985': '01.02.1985',
    '01.02.1985': '01.02.1985',
    '1 2 1985': '01.02.1985',
    ' 1 / 2 / 1985 ': '01.02.1985',
    '1985-02-01': '01.02.1985',
    '01021985': '01.02.1985',
    '021985': '02.1985',
    '02.1985': '02.1985',
    '1985-02': '02.1985',
    '1985': '1985',
    '?/2/1985': '02.1985',
    '../02/1985': '02.1985',
    'xx/02/1985': '02.1985',
    '__/__/1985': '1985',
    '1/?/1985': '01.?.1985',
    '1/2/?': '01.02.?',
    '1/2': '01.02.?',
    '31/02/1985': '31.02.1985',
    '00/02/1985': '00.02.1985',
    '1/2/85': '01.02.85',
    '5/72': '?.05.72',
    '72': '72',
    '5': null,
    '19850201': null,
    '1/2/198': null,
    '1/2/1985/3': null,
    '1+2+1985': null,
    'khoảng 1985': null,
    '': null,
    '...': null,
  })
})

t.test('C16: words with all their variants', async (t) => {
  check(t, {
    'ngày 1 tháng 2 năm 1985': '01.02.1985',
    'Ngày 1 tháng 2, 1985': '01.02.1985',
    'ngày 1/2/1985': '01.02.1985',
    'tháng 2 năm 1985': '02.1985',
    'tháng 2/1985': '02.1985',
    'năm 1985': '1985',
    'Ngày một tháng hai năm một nghìn chín trăm tám mươi lăm': '01.02.1985',
    'NGÀY MỘT THÁNG HAI NĂM MỘT NGÀN CHÍN TRĂM TÁM MƯƠI NHĂM': '01.02.1985',
    'Một nghìn chín trăm tám mươi năm': '1985',
    'ngày năm tháng năm năm một nghìn chín trăm chín mươi lăm': '05.05.1995',
    'mồng năm tháng giêng năm hai nghìn không trăm linh tám': '05.01.2008',
    'mùng năm tháng một năm hai nghìn linh tám': '05.01.2008',
    'ngày mồng 5 tháng 1 năm Hai Nghìn lẻ tám': '05.01.2008',
    'ngày hai mươi mốt tháng tư năm hai ngàn mười tám': '21.04.2018',
    'ngày hai mươi một tháng bốn năm hai nghìn không trăm mười tám': '21.04.2018',
    'ngày hăm mốt tháng Chạp năm một chín tám lăm': '21.12.1985',
    'rằm tháng bảy năm 1950': '15.07.1950',
    'ngày mười lăm tháng bẩy năm một chín năm mươi': '15.07.1950',
    'ngày ba mốt tháng mười hai năm một nghìn chín trăm': '31.12.1900',
    'ngày ba mươi tháng mười một năm hai nghìn': '30.11.2000',
    'ngày ba mươi tháng mười năm hai nghìn': '30.10.2000',
    'ngày mười năm tháng mười năm 1950': '15.10.1950',
    'ngày hai mươi tư tháng ba năm bảy mươi hai': '24.03.72',
    'mồng 5': '05.?.?',
    'tháng ? năm 1985': '1985',
    'ngày một tháng hai năm một nghìn chín trăm tám': null,
    'ngày một tháng mười ba năm 1985': '01.13.1985',
    'ngày tháng năm': null,
    chín: null,
  })
})

t.test('C16: words are checked against digits', async (t) => {
  const words = 'Ngày mồng một tháng hai năm một nghìn chín trăm tám mươi lăm'
  t.equal(checkDateInWords(words, '01/02/1985'), 'agree')
  t.equal(checkDateInWords(words, '01/02/1958'), 'disagree')
  t.equal(checkDateInWords(words, '02/1985'), 'disagree')
  t.equal(checkDateInWords('một hôm', '01/02/1985'), 'unreadable')
})

t.test('C17: a lunar date keeps its calendar and is never converted', async (t) => {
  check(t, {
    '15/7/1950 âm lịch': '15.07.1950 âm lịch',
    '15/7/1950 (ÂL)': '15.07.1950 âm lịch',
    '15/7/1950 dương lịch': '15.07.1950',
    'rằm tháng 7 năm Giáp Tý': '15.07.? giáp tý âm lịch',
    'năm Quí Tị': 'quý tỵ âm lịch',
    'tháng 6 nhuận năm 1987': '06.1987 nhuận âm lịch',
    'dương lịch': null,
  })
})

t.test('C15: months by their English names', async (t) => {
  check(t, {
    'August 9th': '09.08.?',
    '9 Aug 1826': '09.08.1826',
    'the 9th of August, 1826': '09.08.1826',
    'Sept 1826': '09.1826',
    'Augustus 9': null,
  })
})

t.test('C15: what the calendar does not have is kept, and known to be impossible', async (t) => {
  const possible = {
    '29/2/1984': true,
    '29/2/1985': false,
    '31/4/1985': false,
    '30/2/1985 âl': true,
    '1/13/1985': false,
    '29/2/85': true,
    '02/1985': true,
    '0/2/1985': false,
  }
  for (const [text, expected] of Object.entries(possible)) {
    const date = readDate(text)
    t.equal(date !== null && isPossible(date), expected, text)
  }
})

t.test('C15: the notation reads back as the same date', async () => {
  const part = fc.constantFrom(
    '1',
    '02',
    '12',
    '31',
    '0',
    '85',
    '1985',
    '?',
    'tháng',
    'năm',
    'ngày',
    'mười',
    'hai',
    'nghìn',
    'giáp',
    'tý',
    'âl',
    'nhuận',
    '/',
    '.',
    'aug',
    'x',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const written = standard(parts.join(' '))
      return written === null || standard(written) === written
    }),
    { numRuns: 5000 },
  )
})
