/** Numbers as Vietnamese writes them in words: days, months and years. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ['không', 0],
  ['một', 1],
  ['mốt', 1],
  ['hai', 2],
  ['ba', 3],
  ['bốn', 4],
  ['tư', 4],
  ['năm', 5],
  ['lăm', 5],
  ['nhăm', 5],
  ['sáu', 6],
  ['bảy', 7],
  ['bẩy', 7],
  ['tám', 8],
  ['chín', 9],
])
/** Twenty and thirty as they are spoken: hăm mốt, băm sáu. */
const SPOKEN_TENS: ReadonlyMap<string, number> = new Map([
  ['hăm', 20],
  ['băm', 30],
])
const THOUSAND = new Set(['nghìn', 'ngàn'])
const AND = new Set(['linh', 'lẻ'])

type Words = readonly string[]

/** Up to 99, also in the short form `hai lăm`; undefined for anything else. */
export function numberBelowHundred(words: Words): number | undefined {
  const [first = '', second = '', third = ''] = words
  const digit = DIGITS.get(first)
  const last = DIGITS.get(words.at(-1) ?? '')
  if (words.length === 1) return first === 'mười' ? 10 : digit
  if (words.length === 2) {
    if (second === 'mươi') return tens(digit)
    const ten = first === 'mười' ? 10 : (SPOKEN_TENS.get(first) ?? tens(digit))
    return sum(ten, positive(last))
  }
  if (words.length === 3 && second === 'mươi' && DIGITS.has(third)) {
    return sum(tens(digit), positive(last))
  }
  return undefined
}

/** A year: in full, without `không trăm`, digit by digit, or as two digits. */
export function yearInWords(words: Words): number | undefined {
  const at = words.findIndex((word) => THOUSAND.has(word))
  if (at === -1) return spokenYear(words)
  if (at !== 1) return undefined
  const thousands = positive(DIGITS.get(words[0] ?? ''))
  return thousands === undefined ? undefined : sum(thousands * 1000, belowThousand(words.slice(2)))
}

function belowThousand(words: Words): number | undefined {
  const hundreds = words[1] === 'trăm' ? DIGITS.get(words[0] ?? '') : undefined
  if (hundreds !== undefined) {
    const rest = words.slice(2)
    // `chín trăm tám` is 980 to one and 908 to another: only after `không trăm` a lone digit is clear.
    if (hundreds === 0 && rest.length === 1) return numberBelowHundred(rest)
    return sum(hundreds * 100, unambiguousRest(rest))
  }
  return unambiguousRest(words)
}

function unambiguousRest(words: Words): number | undefined {
  if (words.length === 0) return 0
  if (words.length === 2 && AND.has(words[0] ?? '')) return positive(DIGITS.get(words[1] ?? ''))
  const rest = numberBelowHundred(words)
  return rest !== undefined && rest >= 10 ? rest : undefined
}

/** `một chín tám lăm`, `một chín tám mươi lăm`, and `tám lăm` of an unknown century. */
function spokenYear(words: Words): number | undefined {
  const digits = words.map((word) => DIGITS.get(word))
  if (digits.length === 4 && !digits.includes(undefined)) return Number(digits.join(''))
  const [century, decades] = digits
  if (words.length > 2 && century !== undefined && decades !== undefined && words[1] !== 'mươi') {
    const rest = numberBelowHundred(words.slice(2))
    if (rest !== undefined && rest >= 10) return century * 1000 + decades * 100 + rest
  }
  const short = numberBelowHundred(words)
  return short !== undefined && short >= 10 ? short : undefined
}

function tens(digit: number | undefined): number | undefined {
  return digit !== undefined && digit >= 2 ? digit * 10 : undefined
}

function positive(digit: number | undefined): number | undefined {
  return digit === 0 ? undefined : digit
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b
}
