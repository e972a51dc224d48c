import {
  FIELD_KINDS,
  type FieldDefinition,
  MARKS,
  type Mark,
  type Reading,
} from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import { compareReadings, isWrong, needsArbiter } from '../src/index.ts'

const label = { vi: 'Nhãn', en: 'Label' }
const NAME: FieldDefinition = { name: 'childName', kind: 'name', label, lengthMax: 120 }
const BORN: FieldDefinition = { name: 'bornOn', kind: 'date', label, lengthMax: 40 }

const LETTERS = [...'aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậốồổỗộờởứừỹỵẶĐ'.normalize('NFC')]

const letter = fc.constantFrom(...LETTERS)
const word = fc.array(letter, { minLength: 1, maxLength: 7 }).map((letters) => letters.join(''))
const words = fc.array(word, { minLength: 1, maxLength: 4 })
const space = fc.constantFrom('  ', '\u00a0', '\u2003', '\u3000', ' \u2009 ')
const field = fc.constantFrom(...FIELD_KINDS).map((kind): FieldDefinition => ({ ...NAME, kind }))
const mark = fc.constantFrom<Mark | undefined>(undefined, ...MARKS)
const value = fc.oneof(
  words.map((words) => words.join(' ')),
  fc.string({ unit: 'grapheme' }),
)
const reading = fc.tuple(value, mark).map(([value, mark]) => typed(value, mark))

function typed(value: string, mark?: Mark): Reading {
  return { value, origin: 'typed', ...(mark === undefined ? {} : { mark }) }
}

function compareNames(a: string, b: string) {
  return compareReadings(NAME, typed(a), typed(b))
}

t.test('C1: a reading is identical to itself, however it came to be', async () => {
  fc.assert(
    fc.property(field, reading, (field, reading) => {
      const carried: Reading = { ...reading, origin: 'carried' }
      return compareReadings(field, reading, carried).rule === 'identical'
    }),
  )
})

t.test('C2: Unicode form and white space are formatting', async () => {
  fc.assert(
    fc.property(words, space, space, (words, space, other) => {
      const plain = words.join(' ')
      const spaced = `${space}${words.join(other)}${other}`
      return [spaced, spaced.normalize('NFD')].every((text) => {
        const { class: found, rule } = compareNames(plain, text)
        return found === 'formatting' && rule === 'nfc-white-space'
      })
    }),
  )
})

t.test('C2: a decomposed value is never different from the composed one', async () => {
  fc.assert(
    fc.property(value, (value) => {
      return !needsArbiter(compareNames(value.normalize('NFC'), value.normalize('NFD')))
    }),
  )
})

t.test('C3: any other letter in one place is different', async () => {
  fc.assert(
    fc.property(words, fc.nat(), letter, (words, place, letter) => {
      const plain = [...words.join(' ')]
      const changed = plain.with(place % plain.length, letter).join('')
      fc.pre(changed !== plain.join(''))
      return compareNames(plain.join(''), changed.normalize('NFD')).class === 'different'
    }),
  )
})

t.test('C3: a tone, a mark, a spelling or an abbreviation is different', async (t) => {
  const different = [
    ['Tuấn', 'Tuân'],
    ['Hùng', 'Hưng'],
    ['Đặng', 'Dang'],
    ['Nguyễn', 'Nguyển'],
    ['Lý', 'Lí'],
    ['Ng. Văn An', 'Nguyễn Văn An'],
    ['Thanh', 'Thnah'],
    ['Đắk Lăk', 'Đắklăk'],
    ['Nữ', ''],
  ] as const
  for (const [a, b] of different) {
    const outcome = compareNames(a, b)
    t.match(outcome, { class: 'different', rule: 'value-differs' }, `${a} / ${b}`)
  }
})

t.test('C4: what a later version may settle by itself still goes to an arbiter', async (t) => {
  const names = [
    ['Nguyễn Thị Hoà', 'Nguyễn Thị Hòa'],
    ['Thuý', 'Thúy'],
    ['NGUYỄN VĂN AN', 'Nguyễn Văn An'],
    ['\u00d0ặng', '\u0110ặng'],
    ['An\u200b', 'An'],
  ] as const
  for (const [a, b] of names) t.equal(compareNames(a, b).class, 'different', `${a} / ${b}`)
  t.equal(compareReadings(BORN, typed('1/2/1985'), typed('01-02-1985')).class, 'different')
})

t.test('C5: readings with different marks are different, whatever their values', async (t) => {
  fc.assert(
    fc.property(field, reading, mark, (field, reading, mark) => {
      fc.pre(mark !== reading.mark)
      const outcome = compareReadings(field, reading, typed(reading.value, mark))
      return outcome.class === 'different' && outcome.rule === 'mark-differs'
    }),
  )
  const unmarked = { value: 'An', mark: undefined }
  t.equal(compareReadings(NAME, typed('An'), unmarked).class, 'identical')
})

t.test('C6: who is compared with whom makes no difference', async () => {
  fc.assert(
    fc.property(field, reading, reading, (field, a, b) => {
      const [there, back] = [compareReadings(field, a, b), compareReadings(field, b, a)]
      return there.class === back.class && there.rule === back.rule
    }),
  )
})

t.test('C7: no reason repeats a value', async () => {
  fc.assert(
    fc.property(field, reading, reading, (field, a, b) => {
      const [secretA, secretB] = [typed(`§${a.value}`, a.mark), typed(`§${b.value}`, b.mark)]
      return !compareReadings(field, secretA, secretB).reason.includes('§')
    }),
  )
})

t.test('C8: formatting is settled without a person, a difference is not', async (t) => {
  const outcome = { rule: '', reason: '' }
  t.equal(needsArbiter({ ...outcome, class: 'identical' }), false)
  t.equal(needsArbiter({ ...outcome, class: 'formatting' }), false)
  t.equal(needsArbiter({ ...outcome, class: 'different' }), true)
  t.equal(needsArbiter({ ...outcome, class: 'row-missing' }), true)
})

t.test('C12: a reading is wrong when it is different from what was settled', async (t) => {
  const settled = { value: 'Lò Văn Mây', how: 'ruled' }
  t.equal(isWrong(NAME, typed('Lò Văn Mây'), settled), false)
  t.equal(isWrong(NAME, typed(' Lò Văn Mây '.normalize('NFD')), settled), false)
  t.equal(isWrong(NAME, typed('Lò Văn Mấy'), settled), true)
  t.equal(isWrong(NAME, typed('Lò Văn Mây', 'partly-legible'), settled), true)
  t.equal(isWrong(NAME, typed('', 'blank'), { value: '', mark: 'blank' }), false)
})
