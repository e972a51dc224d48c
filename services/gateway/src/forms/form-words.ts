import type { Bilingual, FieldClass, FieldKind, Mark, Severity } from '@songnhap/contracts'

function words(vi: string, en: string): Bilingual {
  return { vi, en }
}

export const KIND_WORDS: Readonly<Record<FieldKind, Bilingual>> = {
  text: words('chữ', 'text'),
  name: words('họ tên người', "person's name"),
  place: words('địa danh', 'place'),
  date: words('ngày, có thể thiếu phần', 'date, parts may be missing'),
  'registration-number': words('số đăng ký', 'registration number'),
  'book-number': words('quyển số', 'book number'),
  'identity-number': words('số định danh, số giấy tờ', 'identity number'),
  integer: words('số nguyên', 'whole number'),
  money: words('số tiền', 'amount of money'),
  number: words('số, theo cách viết', 'number as written'),
  choice: words('chọn một mục', 'one of a list'),
  boolean: words('có hoặc không', 'yes or no'),
}

export const MARK_WORDS: Readonly<Record<Mark, Bilingual>> = {
  blank: words('để trống', 'blank'),
  illegible: words('không đọc được', 'illegible'),
  'partly-legible': words('đọc được một phần', 'partly legible'),
  torn: words('rách, mất', 'torn'),
  'struck-out': words('bị gạch', 'struck out'),
  ditto: words('như trên', 'ditto'),
}

export const SEVERITY_WORDS: Readonly<Record<Severity, Bilingual>> = {
  error: words('lỗi: không nhận', 'error: is refused'),
  warning: words('cảnh báo: được hỏi lại', 'warning: is asked'),
  information: words('thông tin', 'information'),
}

export const CLASS_WORDS: Readonly<Record<FieldClass, Bilingual>> = {
  'identity-critical': words('quyết định nhân thân', 'identity-critical'),
  critical: words('quan trọng', 'critical'),
  ordinary: words('thường', 'ordinary'),
}

/** Kinds of checks; one that is newer is shown by its name. */
export const RULE_WORDS: Readonly<Record<string, Bilingual>> = {
  'in-order': words('đúng thứ tự thời gian', 'in order of time'),
  'time-between': words('khoảng thời gian', 'time between'),
  'real-date': words('ngày có thật', 'a date that the calendar has'),
  'words-equal-digits': words('chữ và số khớp nhau', 'words are the digits'),
  'year-of-book': words('năm của quyển sổ', 'year of the book'),
  'identity-number': words('cấu trúc số định danh', 'structure of an identity number'),
  'family-name': words('cùng họ', 'same family name'),
  'without-words': words('không có các từ', 'without these words'),
  empty: words('để trống', 'empty'),
  filled: words('có giá trị', 'filled'),
  between: words('trong khoảng', 'between'),
  ascending: words('tăng dần từng một', 'one more than above'),
  unique: words('không trùng', 'unique on the page'),
  differ: words('khác nhau', 'differ'),
  'unit-on-date': words('đơn vị hành chính có vào ngày đó', 'a unit on the date'),
}
