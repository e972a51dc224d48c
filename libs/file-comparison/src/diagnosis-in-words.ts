import type { Diagnosis } from './comparison-result.ts'

interface Words {
  readonly vi: string
  readonly en: string
}

/** A finding as a sentence in both languages. Whoever adds a kind of finding is shown it by its name. */
export function diagnosisInWords(diagnosis: Diagnosis): Words {
  const { page, fields, annotator, fromRow, toRow, shift = 0, belongsTo } = diagnosis
  const where = {
    vi: page === undefined ? '' : `Trang ${page}, `,
    en: page === undefined ? '' : `Page ${page}, `,
  }
  const rows = {
    vi:
      fromRow === undefined
        ? ''
        : `, từ dòng ${fromRow}${toRow === undefined ? '' : ` đến ${toRow}`}`,
    en:
      fromRow === undefined
        ? ''
        : `, from row ${fromRow}${toRow === undefined ? '' : ` to ${toRow}`}`,
  }
  const who = {
    vi: annotator === undefined ? '' : ` của ${annotator}`,
    en: annotator === undefined ? '' : ` of ${annotator}`,
  }
  const names = diagnosis.field ?? fields.join(', ')
  const head = { vi: `${where.vi}cột ${names}${who.vi}`, en: `${where.en}column ${names}${who.en}` }
  const count = Math.abs(shift)
  const [up, tooHigh] = shift > 0 ? ['xuống', 'cao'] : ['lên', 'thấp']
  const [direction, off] = shift > 0 ? ['down', 'high'] : ['up', 'low']
  const fit = fitInWords(diagnosis)
  switch (diagnosis.kind) {
    case 'row-shift':
      return {
        vi: `${head.vi}${rows.vi}: nhập ${tooHigh} ${count} dòng; phải dời ${up} ${count} dòng mới khớp${fit.vi}`,
        en:
          `${head.en}${rows.en}: typed ${count} ${plural(count)} too ${off}; ` +
          `moved ${direction} by ${count} it fits${fit.en}`,
      }
    case 'slipped-rows':
      return {
        vi: `${head.vi}${rows.vi}: một đoạn nhập ${tooHigh} ${count} dòng${fit.vi}`,
        en: `${head.en}${rows.en}: a stretch typed ${count} ${plural(count)} too ${off}${fit.en}`,
      }
    case 'wrong-heading':
      return {
        vi: `${head.vi}${rows.vi}: có giá trị của cột ${belongsTo ?? fields.at(-1)}${fit.vi}`,
        en: `${head.en}${rows.en}: has the values of ${belongsTo ?? fields.at(-1)}${fit.en}`,
      }
    case 'columns-swapped':
      return {
        vi: `${head.vi}${rows.vi}: hai cột bị đổi chỗ`,
        en: `${head.en}${rows.en}: two columns swapped`,
      }
    case 'day-month-swapped':
      return {
        vi: `${head.vi}${rows.vi}: ngày và tháng bị đổi chỗ`,
        en: `${head.en}${rows.en}: day and month swapped throughout`,
      }
    case 'wrong-image':
      return {
        vi: `${where.vi}hai lần nhập hầu như không có gì chung${rows.vi}`,
        en: `${where.en}the two have next to nothing in common${rows.en}`,
      }
    default:
      return {
        vi: `${head.vi}${rows.vi}: ${diagnosis.kind}`,
        en: `${head.en}${rows.en}: ${diagnosis.kind}`,
      }
  }
}

function plural(count: number): string {
  return count === 1 ? 'row' : 'rows'
}

function fitInWords({ fitBefore, fitAfter }: Diagnosis): Words {
  if (fitBefore === undefined || fitAfter === undefined) return { vi: '', en: '' }
  const [before, after] = [percent(fitBefore), percent(fitAfter)]
  return { vi: ` (khớp ${before} thành ${after})`, en: ` (fits ${before} before, ${after} after)` }
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
