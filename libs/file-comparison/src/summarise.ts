import type { ComparisonResult, FieldCounts, WeighedReadings } from './comparison-result.ts'
import { diagnosisInWords } from './diagnosis-in-words.ts'
import { agreementOf } from './tally.ts'

const DIAGNOSES_SHOWN_MAX = 40
const PEOPLE_SHOWN_MAX = 20
const FIELD_HEADS = [
  'cột / field',
  'cặp / pairs',
  'khi nhập / as typed',
  'theo quy tắc / by rules',
  'identical',
  'equivalent',
  'variant',
  'different',
  'marks',
]

/** The result in tables for a terminal, in both languages. No value is in it. */
export function summarise(result: ComparisonResult): string {
  const { records, files, form, fields, everyPair, rules, diagnoses, accuracy, notes } = result
  const parts = [
    [
      ...files.map(({ name, read, rows }) => `${name}: ${rows} dòng / rows (${read})`),
      form.inferred
        ? 'Không có biểu mẫu: mọi cột là văn bản, theo tiêu đề / no form: every column a text, by its heading'
        : `Biểu mẫu / form: ${form.name} v${form.version}`,
      ...notes.map((note) => `! ${note}`),
    ].join('\n'),
    recordsLine(records, everyPair !== undefined),
    table(FIELD_HEADS, Object.entries(fields).map(fieldLine)),
  ]
  if (everyPair !== undefined) {
    const lines = Object.entries(everyPair).map(fieldLine)
    parts.push(`Mọi cặp người nhập / every pair of people:\n${table(FIELD_HEADS, lines)}`)
  }
  parts.push(ruleLines(rules))
  if (diagnoses.length > 0) parts.push(diagnosisLines(diagnoses))
  if (accuracy !== undefined) parts.push(accuracyLines(accuracy))
  if (result.dawidSkene !== undefined) parts.push(weighedLines(result.dawidSkene))
  return `${parts.join('\n\n')}\n`
}

function recordsLine(
  { aligned, onlyFirst, onlySecond }: ComparisonResult['records'],
  ofMany: boolean,
): string {
  if (ofMany) {
    return `Mục / items: ${aligned} đối chiếu được / compared, ${onlyFirst} chỉ một người nhập / by one person only`
  }
  return [
    `Bản ghi / records: ${aligned} đối chiếu được / compared`,
    `${onlyFirst} chỉ bên thứ nhất / only first`,
    `${onlySecond} chỉ bên thứ hai / only second`,
  ].join(', ')
}

function fieldLine([name, counts]: [string, FieldCounts]): string[] {
  const { asTyped, byRules } = agreementOf(counts)
  const { pairs, identical, equivalent, variant, different, marks } = counts
  const numbers = [identical, equivalent, variant, different, marks].map(String)
  return [name, String(pairs), percent(asTyped), percent(byRules), ...numbers]
}

function ruleLines(rules: ComparisonResult['rules']): string {
  const lines = rules.map(({ rule, outcome, accepted, pairs }) => [
    rule,
    outcome,
    accepted ? 'chấp nhận / accepted' : 'hỏi / asked',
    String(pairs),
  ])
  return table(['quy tắc / rule', 'kết quả / outcome', '', 'cặp / pairs'], lines)
}

function diagnosisLines(diagnoses: ComparisonResult['diagnoses']): string {
  const lines = diagnoses.slice(0, DIAGNOSES_SHOWN_MAX).map((diagnosis) => {
    const { vi, en } = diagnosisInWords(diagnosis)
    return `- [${diagnosis.kind}] ${vi}\n  ${en}`
  })
  const rest = diagnoses.length - lines.length
  if (rest > 0) lines.push(`… và ${rest} nữa / and ${rest} more`)
  return `Một nguyên nhân chung / with one cause:\n${lines.join('\n')}`
}

function accuracyLines(accuracy: NonNullable<ComparisonResult['accuracy']>): string {
  const lines = accuracy
    .slice(0, PEOPLE_SHOWN_MAX)
    .map(({ annotator, judged, right, rate, low, high }) => [
      annotator,
      String(judged),
      String(right),
      percent(rate),
      `${percent(low)} – ${percent(high)}`,
    ])
  const heads = ['người nhập / person', 'đã xét / judged', 'đúng / right', 'tỷ lệ / rate', '95 %']
  const rest = accuracy.length - lines.length
  const more = rest > 0 ? `\n… và ${rest} người nữa / and ${rest} more people` : ''
  return `Độ chính xác / accuracy:\n${table(heads, lines)}${more}`
}

function weighedLines(weighed: WeighedReadings): string {
  const { judged, accuracy, majorityAccuracy, chosen, majority, ties } = weighed
  const line = (name: string, rate: number | null, { right, low, high }: typeof chosen) => [
    name,
    String(judged),
    String(right),
    percent(rate),
    `${percent(low)} – ${percent(high)}`,
  ]
  const heads = ['chọn theo / chosen by', 'đã xét / judged', 'đúng / right', 'tỷ lệ / rate', '95 %']
  const lines = [
    line('Dawid–Skene', accuracy, chosen),
    line('đa số / majority', majorityAccuracy, majority),
  ]
  return `Chọn giữa nhiều người nhập / choosing among many people:\n${table(heads, lines)}
${ties} ô không có đa số: lấy giá trị nhập trước / ${ties} cells without a majority: what was typed first counts`
}

/** Columns as wide as what is in them: the first to the left, numbers to the right. */
function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const all = [heads, ...lines]
  const widths = heads.map((_, at) => Math.max(...all.map((line) => widthOf(line[at] ?? ''))))
  return all
    .map((line) =>
      line
        .map((text, at) => {
          const blanks = ' '.repeat((widths[at] ?? 0) - widthOf(text))
          return at === 0 ? text + blanks : blanks + text
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function widthOf(text: string): number {
  return [...text.normalize('NFC')].length
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`
}
