import type { ComparedRecord, Verdict } from './compared-record.ts'
import type { ComparisonResult, FieldCounts } from './comparison-result.ts'
import { diagnosisInWords } from './diagnosis-in-words.ts'
import { escapeHtml, markLetters } from './mark-letters.ts'
import { REPORT_STYLE } from './report-style.ts'
import { agreementOf } from './tally.ts'

const CLASSES = [
  ['identical', 'giống hệt', 'identical'],
  ['equivalent', 'tương đương', 'equivalent'],
  ['variant', 'cách viết khác', 'variant'],
  ['different', 'khác nhau', 'different'],
  ['marks', 'để trống, đánh dấu', 'blank or mark'],
] as const
const DIAGNOSES_SHOWN_MAX = 200
const PEOPLE_SHOWN_MAX = 200

/** A page that needs nothing else: no script, no font, no picture from anywhere. */
export function* renderReport(
  result: ComparisonResult,
  shown: readonly ComparedRecord[],
  asked: number,
): Generator<string> {
  yield `<!doctype html>
<html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>So sánh hai lần nhập / Comparison of two entries</title>
<style>${REPORT_STYLE}</style></head><body>
<h1>So sánh hai lần nhập <span class="en">Comparison of two entries</span></h1>
${headOf(result)}`
  yield heading('Theo từng cột', 'By field')
  yield fieldTable(result.fields)
  if (result.everyPair !== undefined) {
    yield heading('Mọi cặp người nhập', 'Every pair of people')
    yield fieldTable(result.everyPair)
  }
  yield* diagnosesOf(result)
  yield heading('Theo từng quy tắc', 'By rule')
  yield ruleTable(result)
  yield* accuracyOf(result)
  yield heading('Cần người quyết định', 'For a person to decide')
  yield countOf(shown.length, asked)
  if (shown.length > 0) yield* differences(shown)
  yield '</body></html>\n'
}

function heading(vi: string, en: string): string {
  return `<h2>${vi} <span class="en">${en}</span></h2>\n`
}

function headOf(result: ComparisonResult): string {
  const { files, form, records, ruleVersion, notes } = result
  const inferred = form.inferred ? ' (suy ra từ tiêu đề / inferred from the headings)' : ''
  const alone: [string, string][] =
    result.everyPair === undefined
      ? [
          ['Chỉ có ở bên thứ nhất / Only in the first', String(records.onlyFirst)],
          ['Chỉ có ở bên thứ hai / Only in the second', String(records.onlySecond)],
        ]
      : [['Chỉ một người nhập / Typed by one person only', String(records.onlyFirst)]]
  const entries: [string, string][] = [
    ...files.map(({ name, read, rows }): [string, string] => [
      'Tệp / File',
      `${name}: ${rows} dòng / rows (${read})`,
    ]),
    ['Biểu mẫu / Form', `${form.name} v${form.version}${inferred}`],
    ['Quy tắc / Rules', `v${ruleVersion}`],
    ['Bản ghi đối chiếu được / Records compared', String(records.aligned)],
    ...alone,
  ]
  const list = entries.map(
    ([term, text]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(text)}</dd>`,
  )
  const told = notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')
  return `<dl>${list.join('\n')}</dl>${told === '' ? '' : `<ul>${told}</ul>`}\n`
}

function fieldTable(fields: ComparisonResult['fields']): string {
  const legend = CLASSES.map(
    ([name, vi, en]) => `<span><i class="${name}"></i>${vi} / ${en}</span>`,
  )
  const rows = Object.entries(fields).map(([name, counts]) => fieldRow(name, counts))
  return `<p class="legend">${legend.join('')}</p>
<div class="scroll"><table><thead><tr><th>Cột<span class="en">Field</span></th>
<th class="n">Số cặp<span class="en">Pairs</span></th><th></th>
<th class="n">Giống khi nhập<span class="en">As typed</span></th>
<th class="n">Theo quy tắc<span class="en">By the rules</span></th>
${CLASSES.map(([, vi, en]) => `<th class="n">${vi}<span class="en">${en}</span></th>`).join('')}
</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>\n`
}

function fieldRow(name: string, counts: FieldCounts): string {
  const { asTyped, byRules } = agreementOf(counts)
  const bar = CLASSES.map(([key]) => {
    const share = counts.pairs === 0 ? 0 : (100 * counts[key]) / counts.pairs
    return `<i class="${key}" style="width:${share.toFixed(2)}%"></i>`
  })
  const numbers = CLASSES.map(([key]) => `<td class="n">${counts[key]}</td>`)
  return `<tr><td>${escapeHtml(name)}</td><td class="n">${counts.pairs}</td>
<td><div class="bar">${bar.join('')}</div></td><td class="n">${percent(asTyped)}</td>
<td class="n">${percent(byRules)}</td>${numbers.join('')}</tr>`
}

function* diagnosesOf({ diagnoses }: ComparisonResult): Generator<string> {
  if (diagnoses.length === 0) return
  yield heading('Một nguyên nhân chung', 'With one cause')
  const items = diagnoses.slice(0, DIAGNOSES_SHOWN_MAX).map((diagnosis) => {
    const { vi, en } = diagnosisInWords(diagnosis)
    return `<li>${escapeHtml(vi)}<br><span class="en">${escapeHtml(en)}</span></li>`
  })
  yield `<ul>${items.join('\n')}</ul>\n`
  yield moreThan(diagnoses.length - DIAGNOSES_SHOWN_MAX)
}

function ruleTable({ rules }: ComparisonResult): string {
  const rows = rules.map(
    ({ rule, outcome, reason, accepted, pairs }) =>
      `<tr><td>${escapeHtml(rule)}</td><td>${escapeHtml(outcome)}</td><td>${escapeHtml(reason)}</td>
<td>${accepted ? 'chấp nhận / accepted' : 'người quyết định / a person decides'}</td><td class="n">${pairs}</td></tr>`,
  )
  return `<div class="scroll"><table><thead><tr><th>Quy tắc<span class="en">Rule</span></th>
<th>Kết quả<span class="en">Outcome</span></th><th>Lý do<span class="en">Reason</span></th><th></th>
<th class="n">Số cặp<span class="en">Pairs</span></th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>\n`
}

function* accuracyOf({ accuracy = [], dawidSkene }: ComparisonResult): Generator<string> {
  if (accuracy.length === 0) return
  yield heading('Độ chính xác', 'Accuracy against the truth')
  const rows = accuracy.slice(0, PEOPLE_SHOWN_MAX).map(
    ({ annotator, judged, right, rate, low, high }) =>
      `<tr><td>${escapeHtml(annotator)}</td><td class="n">${judged}</td><td class="n">${right}</td>
<td class="n">${percent(rate)}</td><td class="n">${percent(low)} – ${percent(high)}</td></tr>`,
  )
  yield `<div class="scroll"><table><thead><tr><th>Người nhập<span class="en">Person</span></th>
<th class="n">Đã xét<span class="en">Judged</span></th><th class="n">Đúng<span class="en">Right</span></th>
<th class="n">Tỷ lệ<span class="en">Rate</span></th><th class="n">Khoảng 95 %<span class="en">95 % interval</span></th>
</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>\n`
  yield moreThan(accuracy.length - PEOPLE_SHOWN_MAX)
  if (dawidSkene === undefined) return
  const [chosen, most] = [percent(dawidSkene.accuracy), percent(dawidSkene.majorityAccuracy)]
  yield `<p>Chọn giữa nhiều người nhập: đúng ${chosen} theo Dawid–Skene, ${most} theo đa số.
<span class="en">Choosing among many people: ${chosen} right by Dawid and Skene, ${most} by the majority.</span></p>\n`
}

function countOf(shown: number, asked: number): string {
  if (asked === 0) return '<p>Không có. <span class="en">None.</span></p>\n'
  if (shown === asked) return `<p>${asked} bản ghi. <span class="en">${asked} records.</span></p>\n`
  return `<p>${shown} bản ghi đầu tiên trong ${asked}; tất cả có trong comparison.csv.
<span class="en">The first ${shown} of ${asked} records; comparison.csv has all.</span></p>\n`
}

function moreThan(rest: number): string {
  return rest > 0 ? `<p>… và ${rest} nữa <span class="en">and ${rest} more</span></p>\n` : ''
}

function* differences(shown: readonly ComparedRecord[]): Generator<string> {
  yield `<div class="scroll"><table><thead><tr><th>Bản ghi<span class="en">Record</span></th>
<th>Cột<span class="en">Field</span></th><th>Thứ nhất<span class="en">First</span></th>
<th>Thứ hai<span class="en">Second</span></th><th>Lý do<span class="en">Reason</span></th></tr></thead><tbody>\n`
  for (const record of shown) {
    const name = escapeHtml(record.name)
    if (record.alone !== undefined) {
      const values = `<td class="value">${escapeHtml(record.alone.join(' | '))}</td>`
      const none = '<td class="blank">không có / not there</td>'
      const sides = record.from[0] === null ? none + values : values + none
      yield `<tr><td>${name}</td><td></td>${sides}<td>Chỉ có ở một bên<br>
<span class="en">Only one reader found this record</span></td></tr>\n`
    }
    for (const verdict of record.verdicts) {
      if (verdict.settled === null) yield differenceRow(name, verdict)
    }
  }
  yield '</tbody></table></div>\n'
}

function differenceRow(name: string, { field, first, second, outcome }: Verdict): string {
  const [a, b] = markLetters(first, second)
  return `<tr><td>${name}</td><td>${escapeHtml(field.label.vi)}</td>${value(first, a)}${value(second, b)}
<td class="reason">${escapeHtml(outcome.reason)}<br><span class="en">${escapeHtml(outcome.rule)}</span></td></tr>\n`
}

function value(text: string, html: string): string {
  if (text.trim() !== '') return `<td class="value">${html}</td>`
  return '<td class="blank">để trống / blank</td>'
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`
}
