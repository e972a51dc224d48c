import type { Bilingual, FieldClass, Gate, GateClass } from '@songnhap/contracts'

export const CLASS_WORDS: Readonly<Record<FieldClass, Bilingual>> = {
  'identity-critical': { vi: 'Trường nhân thân', en: 'Identity fields' },
  critical: { vi: 'Trường quan trọng', en: 'Critical fields' },
  ordinary: { vi: 'Trường thường', en: 'Ordinary fields' },
}

type StopKind = Gate['stops'][number]['what']
const STOP_WORDS: Readonly<Record<StopKind, (count: string) => Bilingual>> = {
  'identity-errors': (count) => ({
    vi: `${count} trường nhân thân bị sai: phải nhập lại trường đó trong cả quyển.`,
    en: `${count} identity fields were wrong: the field has to be keyed again throughout the book.`,
  }),
  'open-cases': (count) => ({
    vi: `${count} vụ việc về một cặp người nhập chưa khép lại.`,
    en: `${count} cases about a pair of typists are open.`,
  }),
  'unresolved-rows': (count) => ({
    vi: `${count} dòng chưa rõ có hay không.`,
    en: `${count} rows are not decided.`,
  }),
  'drawn-before-freeze': () => ({
    vi: 'Mẫu được rút trước khi đóng quyển.',
    en: 'The sample was drawn before the book was frozen.',
  }),
  'nothing-to-release': () => ({
    vi: 'Quyển không có gì để phê duyệt.',
    en: 'There is nothing in the book to release.',
  }),
}

/** What the gate says, a sentence for each thing, Vietnamese first. */
export function gateInWords({ open, stops, classes }: Gate): Bilingual[] {
  const verdict = open
    ? { vi: 'Đủ bằng chứng để phê duyệt.', en: 'The evidence suffices to release the book.' }
    : { vi: 'Chưa đủ bằng chứng.', en: 'The evidence does not suffice.' }
  return [
    verdict,
    ...stops.map(({ what, count }) => STOP_WORDS[what](String(count))),
    ...classes.map(classInWords),
  ]
}

function classInWords({ class: of, target, process, book }: GateClass): Bilingual {
  const { vi, en } = CLASS_WORDS[of]
  const more = process.moreNeeded
  const sentence = {
    vi:
      `${vi}: ${process.wrong} sai trong ${inVietnamese(process.checked)} trường đã kiểm tra; ` +
      `độ tin cậy ${inVietnamese(process.confidence * 100)} %: nhiều nhất ` +
      `${inVietnamese(bound(process.upper))} sai trong 10.000; mục tiêu ${inVietnamese(target)}` +
      `${more > 0 ? `; cần thêm ${inVietnamese(more)}` : ''}.`,
    en:
      `${en}: ${process.wrong} wrong in ${inEnglish(process.checked)} fields checked; with ` +
      `${inEnglish(process.confidence * 100)} % confidence at most ` +
      `${inEnglish(bound(process.upper))} wrong in 10,000; the target is ${inEnglish(target)}` +
      `${more > 0 ? `; ${inEnglish(more)} more needed` : ''}.`,
  }
  if (book.passed) return sentence
  return {
    vi:
      `${sentence.vi} Riêng quyển này: ${book.wrong} sai trong ${inVietnamese(book.checked)}, ` +
      `chấp nhận nhiều nhất ${book.acceptable}, phải kiểm tra ${inVietnamese(book.needed)}.`,
    en:
      `${sentence.en} In this book: ${book.wrong} wrong in ${inEnglish(book.checked)}, ` +
      `at most ${book.acceptable} acceptable, ${inEnglish(book.needed)} to be checked.`,
  }
}

const TEN = 10

/** Large bounds in whole numbers: their decimals say nothing. */
function bound(upper: number): number {
  return upper >= TEN ? Math.round(upper) : Math.ceil(upper * TEN) / TEN
}

export function inVietnamese(n: number): string {
  return n.toLocaleString('vi', { maximumFractionDigits: 3 })
}

export function inEnglish(n: number): string {
  return n.toLocaleString('en', { maximumFractionDigits: 3 })
}
