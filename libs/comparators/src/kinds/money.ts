import { AS_SEEN, type Folding, type KindRules, type Likeness } from '../kind-rules.ts'
import { distanceInLetters } from './free-text.ts'

interface Amount {
  readonly before: string
  /** Digits without groups; decimals after a comma. */
  readonly digits: string
  readonly after: string
}

const CURRENCY = '[\\p{L}\\p{Sc}]{0,8}\\.?'
const MONEY = new RegExp(`^(${CURRENCY}) ?(\\d[\\d., ]*?)(?:,-)? ?(${CURRENCY})$`, 'u')
const GROUPED = /^([1-9]\d{0,2})((?:\.\d{3})+|(?:,\d{3})+|(?: \d{3})+)(?:[.,](\d{1,2}))?$/
const PLAIN = /^(\d+)(?:[.,](\d+))?$/
const SEPARATORS = /[., ]/g
const NO_DECIMALS = /,0+$/
const DONG = new Set(['đ', 'đồng', 'vnđ', 'vnd', '₫', ''])

/** `1.500.000đ` and `1,500,000 đ`. Only what is a number in one way alone; the rest stays a text. */
const MONEY_LAYOUT: Folding = {
  rule: 'number-layout',
  fold: (value) => {
    const amount = readAmount(value)
    return amount === null ? value : writeAmount(amount)
  },
}

function readAmount(value: string): Amount | null {
  const [, before = '', number, after = ''] = MONEY.exec(value) ?? []
  const digits = number === undefined ? null : readDigits(number.trim())
  return digits === null ? null : { before, digits, after }
}

function readDigits(number: string): string | null {
  const [, head = '', groups = '', cents] = GROUPED.exec(number) ?? []
  if (groups !== '') return withDecimals(head + groups.replace(SEPARATORS, ''), cents)
  const [, whole, decimals] = PLAIN.exec(number) ?? []
  return whole === undefined ? null : withDecimals(whole, decimals)
}

function withDecimals(whole: string, decimals: string | undefined): string {
  return decimals === undefined ? whole : `${whole},${decimals}`
}

function writeAmount({ before, digits, after }: Amount): string {
  return [before, digits, after].filter(Boolean).join(' ')
}

/** The same amount, `đồng` written in another way or not at all. Other currencies are never guessed. */
const CURRENCY_SPELLING: Likeness = {
  rule: 'currency-spelling',
  holds: (a, b) => {
    const [left, right] = [readAmount(a), readAmount(b)]
    if (left === null || right === null || left.digits !== right.digits) return false
    return isDong(left) && isDong(right)
  },
}

function isDong({ before, after }: Amount): boolean {
  return before === '' && DONG.has(after.toLowerCase().replace('.', ''))
}

const DECIMAL_ZEROS: Likeness = {
  rule: 'decimal-zeros',
  holds: (a, b) => {
    const [left, right] = [readAmount(a), readAmount(b)]
    return left !== null && right !== null && withoutZeros(left) === withoutZeros(right)
  },
}

function withoutZeros(amount: Amount): string {
  return writeAmount({ ...amount, digits: amount.digits.replace(NO_DECIMALS, '') })
}

export const MONEY_AMOUNT: KindRules = {
  foldings: [...AS_SEEN, MONEY_LAYOUT],
  likenesses: [CURRENCY_SPELLING, DECIMAL_ZEROS],
  distance: distanceInLetters,
  weight: 1,
}
