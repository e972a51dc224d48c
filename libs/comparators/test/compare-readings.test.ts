import { MARKS, type Mark, OUTCOME_CLASSES, type Reading } from '@songnhap/contracts'
import fc from 'fast-check'
import { t } from 'tap'
import {
  commonForm,
  compareReadings,
  isWrong,
  needsArbiter,
  RULE_VERSION,
  standardForm,
} from '../src/index.ts'
import { anyField, anyReading, anyValue } from './any-content.ts'
import { fieldOf, typed } from './field-of.ts'

const NAME = fieldOf('name')
const LETTERS = [...'aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậốồổỗộờởứừỹỵẶĐ'.normalize('NFC')]
const letter = fc.constantFrom(...LETTERS)
const word = fc.array(letter, { minLength: 1, maxLength: 7 }).map((letters) => letters.join(''))
const words = fc.array(word, { minLength: 1, maxLength: 4 })
const space = fc.constantFrom('  ', '\u00a0', '\u2003', '\u3000', ' \u2009 ')
const SETTLED_ALONE = new Set(['identical', 'equivalent', 'both-blank'])

function compareNames(a: string, b: string) {
  return compareReadings(NAME, typed(a), typed(b))
}

t.test('C1: a reading is identical to itself, however it came to be', async () => {
  fc.assert(
    fc.property(anyField, anyReading, (field, reading) => {
      const carried: Reading = { ...reading, origin: 'carried' }
      const { class: found, distance } = compareReadings(field, reading, carried)
      return (found === 'identical' || found === 'both-blank') && distance === 0
    }),
  )
})

t.test('C2: Unicode form and white space are no content, in any kind of field', async () => {
  fc.assert(
    fc.property(anyField, words, space, space, (field, words, space, other) => {
      const plain = words.join(' ')
      const spaced = `${space}${words.join(other)}${other}`
      return [spaced, spaced.normalize('NFD')].every((text) => {
        const { class: found, rule } = compareReadings(field, typed(plain), typed(text))
        return found === 'equivalent' && rule === 'nfc-white-space'
      })
    }),
  )
})

t.test('C3: any other letter, tone or đ in one place needs an arbiter, in any kind', async () => {
  fc.assert(
    fc.property(anyField, words, fc.nat(), letter, (field, words, place, letter) => {
      const plain = [...words.join(' ')]
      const changed = plain.with(place % plain.length, letter).join('')
      const apart = changed.toLowerCase() !== plain.join('').toLowerCase()
      fc.pre(apart && changed.length === plain.length)
      const outcome = compareReadings(field, typed(plain.join('')), typed(changed.normalize('NFD')))
      // A tone may have moved to another place of its own syllable, by chance.
      return outcome.rule === 'tone-placement' || needsArbiter(field, outcome)
    }),
    { numRuns: 500 },
  )
})

t.test('C5: a value, a mark, another mark and a blank are different answers', async (t) => {
  const classOf = (a: readonly [string, Mark?], b: readonly [string, Mark?]) =>
    compareReadings(NAME, typed(...a), typed(...b)).class
  t.equal(classOf(['An'], ['', 'illegible']), 'value-against-mark')
  t.equal(classOf(['An'], ['', 'blank']), 'value-against-mark')
  t.equal(classOf(['An'], ['']), 'value-against-mark')
  t.equal(classOf(['An'], ['An', 'struck-out']), 'value-against-mark')
  t.equal(classOf(['', 'blank'], ['', 'illegible']), 'mark-against-mark')
  t.equal(classOf(['An', 'partly-legible'], ['', 'torn']), 'mark-against-mark')
  t.equal(classOf(['', 'blank'], ['', 'blank']), 'both-blank')
  t.equal(classOf(['', 'blank'], ['\u00a0\u200b']), 'both-blank')
  t.equal(classOf(['', 'torn'], ['', 'torn']), 'identical')
  t.equal(classOf(['An', 'partly-legible'], ['AN', 'partly-legible']), 'equivalent')
  t.equal(classOf(['An', 'struck-out'], ['', 'struck-out']), 'different')
  t.equal(classOf(['không có'], ['', 'blank']), 'value-against-mark')
})

t.test('C5: readings with different marks always need an arbiter', async () => {
  fc.assert(
    fc.property(anyField, anyReading, fc.constantFrom(...MARKS), (field, reading, mark) => {
      const blanks = mark === 'blank' && reading.mark === undefined
      fc.pre(mark !== reading.mark && !blanks)
      return needsArbiter(field, compareReadings(field, reading, typed(reading.value, mark)))
    }),
  )
})

t.test('C6: who is compared with whom makes no difference', async () => {
  fc.assert(
    fc.property(anyField, anyReading, anyReading, (field, a, b) => {
      const [there, back] = [compareReadings(field, a, b), compareReadings(field, b, a)]
      return JSON.stringify(there) === JSON.stringify(back)
    }),
    { numRuns: 2000 },
  )
})

t.test(
  'C7: every outcome names rule and version; its words and codes repeat no value',
  async () => {
    fc.assert(
      fc.property(anyField, anyReading, anyReading, (field, a, b) => {
        const [secretA, secretB] = [typed(`§${a.value}`, a.mark), typed(`§${b.value}`, b.mark)]
        const outcome = compareReadings(field, secretA, secretB)
        return (
          outcome.ruleVersion === RULE_VERSION &&
          outcome.rule !== '' &&
          outcome.reason.length <= 200 &&
          !JSON.stringify(outcome).includes('§')
        )
      }),
    )
  },
)

t.test('C8: what is the same is settled without a person, everything else is not', async (t) => {
  for (const outcomeClass of OUTCOME_CLASSES) {
    const alone = SETTLED_ALONE.has(outcomeClass) || outcomeClass === 'formatting'
    t.equal(needsArbiter(NAME, { class: outcomeClass }), !alone, outcomeClass)
  }
})

t.test(
  'C12: a reading is wrong when it differs from what was settled, in whatever way',
  async (t) => {
    const settled = { value: 'Lò Văn Lý', how: 'ruled' }
    t.equal(isWrong(NAME, typed('Lò Văn Lý'), settled), false)
    t.equal(isWrong(NAME, typed(' LÒ VĂN LÝ '.normalize('NFD')), settled), false)
    t.equal(isWrong(NAME, typed('Lò Văn Lỷ'), settled), true)
    t.equal(isWrong(NAME, typed('Lò Văn Lí'), settled), true, 'a variant is not as written')
    t.equal(isWrong(NAME, typed('Lò Văn Lý', 'partly-legible'), settled), true)
    t.equal(isWrong(NAME, typed('', 'blank'), { value: '', mark: 'blank' }), false)
  },
)

t.test(
  'C18: equivalent is: the same standard form; so it is reflexive and transitive',
  async () => {
    fc.assert(
      fc.property(anyField, anyValue, anyValue, (field, a, b) => {
        const outcome = compareReadings(
          field,
          typed(a, 'partly-legible'),
          typed(b, 'partly-legible'),
        )
        const same = standardForm(field, a) === standardForm(field, b)
        return same === SETTLED_ALONE.has(outcome.class)
      }),
      { numRuns: 5000 },
    )
  },
)

t.test(
  'C18: a standard form is its own standard form, and equivalent to what was typed',
  async () => {
    fc.assert(
      fc.property(anyField, anyValue, (field, value) => {
        const form = standardForm(field, value)
        const again = compareReadings(field, typed(value, 'torn'), typed(form, 'torn'))
        return standardForm(field, form) === form && SETTLED_ALONE.has(again.class)
      }),
      { numRuns: 20_000 },
    )
  },
)

t.test(
  'C18: of an equivalent pair that form is taken in which both are first the same',
  async (t) => {
    fc.assert(
      fc.property(anyField, anyValue, anyValue, (field, a, b) => {
        const { class: found, rule } = compareReadings(field, typed(a, 'torn'), typed(b, 'torn'))
        if (found !== 'equivalent') return true
        return commonForm(field, a, rule) === commonForm(field, b, rule)
      }),
      { numRuns: 5000 },
    )
    t.equal(commonForm(NAME, ' NGUYỄN  VĂN AN', 'nfc-white-space'), 'NGUYỄN VĂN AN')
    t.equal(commonForm(NAME, 'NGUYỄN VĂN AN', 'case-ignored'), 'Nguyễn Văn An')
    t.throws(() => commonForm(NAME, 'An', 'date-layout'), /no name is equivalent by the rule/)
  },
)

t.test('C18: readings are left as they were', async () => {
  fc.assert(
    fc.property(anyField, anyReading, anyReading, (field, a, b) => {
      const before = JSON.stringify([field, a, b])
      compareReadings(field, Object.freeze(a), Object.freeze(b))
      return JSON.stringify([field, a, b]) === before
    }),
  )
})

t.test('C20: a distance is 0 for the same content and from above 0 to 1 for another', async () => {
  fc.assert(
    fc.property(anyField, anyReading, anyReading, (field, a, b) => {
      const outcome = compareReadings(field, a, b)
      const { distance } = outcome
      return needsArbiter(field, outcome) ? distance > 0 && distance <= 1 : distance === 0
    }),
    { numRuns: 2000 },
  )
})

t.test('C20: no value takes long, whatever it is made of', async (t) => {
  const unit = fc.constantFrom(
    'a',
    'Á',
    '1',
    '.',
    ' ',
    ',',
    '-',
    'ấ ',
    '1.',
    ' ,',
    '\u0301',
    '\u200d',
    '\ud800',
    'ngày ',
    'y.',
  )
  const long = fc.tuple(unit, unit).map(([a, b]) => (a + b).repeat(4096).slice(0, 4096))
  const began = performance.now()
  fc.assert(
    fc.property(anyField, long, long, (field, a, b) => {
      const before = performance.now()
      compareReadings(field, typed(a), typed(b))
      return performance.now() - before < 3_000
    }),
    { numRuns: 100, endOnFailure: true },
  )
  t.ok(performance.now() - began < 60_000)
})

t.test('C3: names that quality of registers depends on are never taken for one', async (t) => {
  const different = [
    ['Tuấn', 'Tuân'],
    ['Hùng', 'Hưng'],
    ['Đặng', 'Dặng'],
    ['Nguyễn', 'Nguyển'],
    ['Thanh', 'Thnah'],
    ['Hoà', 'Hoaf'],
    ['Hương Giang', 'Giang Hương'],
    ['Sơn', 'Xơn'],
    ['Trang', 'Chang'],
    ['Lan', 'Nan'],
    ['Giang', 'Dang'],
  ] as const
  for (const [a, b] of different) {
    t.match(compareNames(a, b), { class: 'different', rule: 'value-differs' }, `${a} / ${b}`)
  }
})
