/** A book's certificate on paper, in Vietnamese and English. */
import { createRequire } from 'node:module'
import type { Readable } from 'node:stream'
import type { Bilingual, Certificate } from '@songnhap/contracts'
import PDFDocument from 'pdfkit'
import { CLASS_WORDS, gateInWords, inEnglish, inVietnamese } from './gate-in-words.ts'

const MARGIN_PT = 50
const SIZES = { title: 20, heading: 12, text: 9.5, small: 7.5 } as const
const GREY = '#555555'
const require = createRequire(import.meta.url)
/** One file with every letter that Vietnamese has; free (Bitstream Vera, and in the public domain). */
const FONTS = {
  plain: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  mono: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'),
} as const

export interface Signer {
  readonly personId: string
  /** Null: the account is gone. */
  readonly name: string | null
}

const ASIDE_WORDS: Readonly<
  Record<NonNullable<Certificate['aside']>['told'][number]['reason'], Bilingual>
> = {
  'photographed-twice': { vi: 'chụp hai lần', en: 'photographed twice' },
  'not-part-of-book': { vi: 'không phải trang của sổ', en: 'not a page of the book' },
  unreadable: { vi: 'không đọc được', en: 'unreadable' },
  other: { vi: 'lý do khác', en: 'another reason' },
}

/** The bytes of the PDF, as they are drawn. */
export function drawCertificate(certificate: Certificate, signers: readonly Signer[]): Readable {
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN_PT,
    info: { Title: certificate.title, Creator: 'Song Nhập' },
    lang: 'vi',
  })
  for (const part of [heading, work, figures, gate, release, method]) {
    part({ document, certificate, signers })
  }
  document.end()
  return document
}

interface Drawing {
  readonly document: PDFKit.PDFDocument
  readonly certificate: Certificate
  readonly signers: readonly Signer[]
}

function heading({ document, certificate }: Drawing): void {
  const { title, form, bookId, release } = certificate
  document.font(FONTS.bold).fontSize(SIZES.title).text(title)
  document.moveDown(0.3)
  head(document, { vi: 'Giấy chứng nhận chất lượng nhập liệu', en: 'Certificate of keying' })
  say(document, {
    vi: `${form.title.vi} (${form.name}, phiên bản ${form.version})`,
    en: `${form.title.en} (${form.name}, version ${form.version})`,
  })
  small(document, bookId)
  if (release === undefined) {
    head(document, { vi: 'BẢN NHÁP: quyển chưa được phê duyệt', en: 'DRAFT: not released' })
  }
}

function work({ document, certificate }: Drawing): void {
  const { pages, records, settled, people, aside } = certificate
  const { majority = 0, audited = 0 } = settled
  const fields = settled.agreed + majority + settled.ruled + audited + settled.single
  head(document, { vi: 'Đã làm gì', en: 'What was done' })
  const both = (make: (n: (value: number) => string) => Bilingual) => {
    say(document, { vi: make(inVietnamese).vi, en: make(inEnglish).en })
  }
  both((n) => ({
    vi: `${n(pages)} trang, ${n(records)} bản ghi, ${n(fields)} trường.`,
    en: `${n(pages)} pages, ${n(records)} records, ${n(fields)} fields.`,
  }))
  if (aside !== undefined && aside.pages > 0) {
    const told = (language: 'vi' | 'en') =>
      aside.told
        .map(({ sequence, reason }) => `${sequence} (${ASIDE_WORDS[reason][language]})`)
        .join(', ')
    both((n) => ({
      vi: `Giám sát đã để ${n(aside.pages)} trang ngoài sổ, không nhập: trang ${told('vi')}.`,
      en: `Set aside by supervisors and not keyed, ${n(aside.pages)} pages: ${told('en')}.`,
    }))
  }
  both((n) => ({
    vi:
      `Hai người nhập giống nhau: ${n(settled.agreed)}; trọng tài quyết định: ${n(settled.ruled)}; ` +
      `chỉ một người nhập: ${n(settled.single)}${majority > 0 ? `; hai trong ba giống nhau: ${n(majority)}` : ''}` +
      `${audited > 0 ? `; kiểm tra sửa lại: ${n(audited)}` : ''}.`,
    en:
      `Both typists agreed: ${n(settled.agreed)}; an arbiter ruled: ${n(settled.ruled)}; ` +
      `keyed by one person only: ${n(settled.single)}${majority > 0 ? `; two of three agreed: ${n(majority)}` : ''}` +
      `${audited > 0 ? `; put right by the audit: ${n(audited)}` : ''}.`,
  }))
  both((n) => ({
    vi:
      `${n(people.typists)} người nhập, ${n(people.arbiters)} trọng tài, ` +
      `${n(people.auditors)} người nhập kiểm tra, ${n(people.panel)} người trong hội đồng.`,
    en:
      `${n(people.typists)} typists, ${n(people.arbiters)} arbiters, ` +
      `${n(people.auditors)} people keyed the audit, ${n(people.panel)} sat on its panels.`,
  }))
}

function figures({ document, certificate }: Drawing): void {
  head(document, { vi: 'Kiểm tra mù mẫu cuối', en: 'The last blind sample' })
  for (const one of certificate.classes) {
    const words = CLASS_WORDS[one.class]
    const { agreed, majority = 0, ruled, single } = one.wrongBy
    const rate = one.rate ?? 0
    say(document, {
      vi:
        `${words.vi}: ${one.wrong} sai trong ${inVietnamese(one.checked)} trường được kiểm tra của ` +
        `${inVietnamese(one.fields)} (cùng nhập sai ${agreed}, trọng tài sai ${ruled}, ` +
        `một người nhập sai ${single}${majority > 0 ? `, hai trong ba cùng sai ${majority}` : ''}). ` +
        `Tỷ lệ ${rounded(rate, inVietnamese)} trên 10.000; khoảng 95 %: ${rounded(one.low, inVietnamese)} – ` +
        `${rounded(one.high, inVietnamese)}; cận trên ${rounded(one.upper, inVietnamese)}. ` +
        `Sau khi sửa, trong quyển còn nhiều nhất ${inVietnamese(one.remaining)} trường sai (95 %).`,
      en:
        `${words.en}: ${one.wrong} wrong in ${inEnglish(one.checked)} fields checked of ` +
        `${inEnglish(one.fields)} (agreed on ${agreed}, ruled ${ruled}, keyed once ${single}` +
        `${majority > 0 ? `, two of three ${majority}` : ''}). ` +
        `Rate ${rounded(rate, inEnglish)} in 10,000; interval of 95 %: ${rounded(one.low, inEnglish)} – ` +
        `${rounded(one.high, inEnglish)}; upper bound ${rounded(one.upper, inEnglish)}. ` +
        `With what was found put right, at most ${inEnglish(one.remaining)} fields of the book are wrong (95 %).`,
    })
  }
}

function rounded(rate: number, write: (n: number) => string): string {
  return write(Math.round(rate * 10) / 10)
}

function gate({ document, certificate }: Drawing): void {
  head(document, { vi: 'Điều kiện phê duyệt', en: 'The gate' })
  for (const sentence of gateInWords(certificate.gate)) say(document, sentence)
}

function method({ document, certificate }: Drawing): void {
  head(document, { vi: 'Phương pháp', en: 'Method' })
  say(document, {
    vi:
      'Mỗi trang được hai người nhập độc lập, không thấy bài của nhau. Sau khi đóng quyển, ' +
      'các trường được rút ngẫu nhiên theo nhóm, người thứ ba nhập lại ' +
      'mà không biết kết quả; chỗ khác nhau do hội đồng hai người quyết định. ' +
      'Khoảng tin cậy: Clopper–Pearson; phần còn lại: phân phối siêu bội.',
    en:
      'Every page was keyed by two people who could not see each other’s work. When the book was ' +
      'frozen, fields were drawn at random by class and keyed again blind by a third person; ' +
      'what differed was decided by a panel of two. ' +
      'Intervals: Clopper–Pearson; what may remain: hypergeometric.',
  })
  for (const { kind, look, auditId, commitment, frameSha256, ended } of certificate.audits) {
    small(document, `${kind} ${look}  ${auditId}`)
    small(document, `commitment ${commitment}`)
    small(document, `frame      ${frameSha256}`)
    small(document, `secret     ${ended?.secret ?? '–'}`)
    small(document, `seed       ${ended?.seed ?? '–'}`)
  }
  small(document, `rules      ${certificate.ruleVersions.join(', ')}`)
}

function release({ document, certificate, signers }: Drawing): void {
  const { release: signed } = certificate
  if (signed === undefined) return
  const nameOf = (id: string) => signers.find(({ personId }) => personId === id)?.name ?? id
  head(document, { vi: 'Phê duyệt', en: 'Release' })
  const { override, releasedBy, releasedAt } = signed
  if (override !== undefined) {
    head(document, {
      vi: 'PHÊ DUYỆT NGOẠI LỆ, dù chưa đủ bằng chứng',
      en: 'OVERRIDE, although the evidence did not suffice',
    })
    const { reason, askedAt } = override
    say(document, {
      vi: `Lý do của ${nameOf(override.askedBy)} (${askedAt}): ${reason}`,
      en: `Reason given by ${nameOf(override.askedBy)} (${askedAt}): ${reason}`,
    })
  }
  say(document, {
    vi: `${nameOf(releasedBy)}, ${releasedAt}`,
    en: `${nameOf(releasedBy)}, ${releasedAt}`,
  })
}

function head(document: PDFKit.PDFDocument, { vi, en }: Bilingual): void {
  document.font(FONTS.bold).fontSize(SIZES.heading).moveDown(0.6).text(`${vi} · ${en}`)
  document.moveDown(0.3)
}

function say(document: PDFKit.PDFDocument, { vi, en }: Bilingual): void {
  document.font(FONTS.plain).fontSize(SIZES.text).fillColor('black').text(vi)
  if (vi !== en) document.fillColor(GREY).text(en).fillColor('black')
  document.moveDown(0.3)
}

function small(document: PDFKit.PDFDocument, text: string): void {
  document.font(FONTS.mono).fontSize(SIZES.small).fillColor('black').text(text)
}
