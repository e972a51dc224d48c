import type { Bilingual, FieldDefinition, FieldOption, FormDefinition } from '@songnhap/contracts'
import { MARKS } from '@songnhap/contracts'
import { checkList } from './check-list.ts'
import { CLASS_WORDS, KIND_WORDS, MARK_WORDS } from './form-words.ts'
import { type Html, html } from './html.ts'
import { pageDrawings } from './page-drawings.ts'

/**
 * A page that shows a form as somebody who keys by it will meet it. Needs no script and no style of its
 * own in the text, so that the strictest content security policy lets it through.
 */
export function formPreview(form: FormDefinition): string {
  const { name, version, title, help, recordsMax, recordOrder } = form
  const order =
    recordOrder === 'free'
      ? both({ vi: 'thứ tự tùy ý', en: 'in any order' })
      : both({ vi: 'theo thứ tự trên trang', en: 'in the order of the page' })
  const page = html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title.vi} – ${name} v${version}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page.css">
<link rel="stylesheet" href="/form-preview.css">
</head>
<body>
<header><strong>Song Nhập</strong> <code>${name} v${version}</code></header>
<main>
<h1>${title.vi}</h1>
<p class="lead" lang="en">${title.en}</p>
${help === undefined ? undefined : html`<p class="lead">${both(help)}</p>`}
<p>${both({
    vi: `Mỗi trang có nhiều nhất ${recordsMax} bản ghi`,
    en: `At most ${recordsMax} records a page`,
  })}, ${order}.</p>
${pageDrawings(form)}
<h2>Các ô <span lang="en">/ Fields</span></h2>
<ol class="keyed">${form.fields.map((field) => fieldItem(form, field))}</ol>
${checkList(form)}
</main>
</body>
</html>
`
  return page.text
}

function fieldItem(form: FormDefinition, field: FieldDefinition): Html {
  const { name, kind, label, help, lengthMax, entry, dittoFrom } = field
  const importance = field.class ?? 'ordinary'
  return html`<li id="field-${name}">
<p class="label"><strong>${label.vi}</strong> <span lang="en">${label.en}</span> <code>${name}</code></p>
${help === undefined ? undefined : html`<p class="help">${both(help)}</p>`}
<p class="box">${both(KIND_WORDS[kind])}</p>
<dl>
${term({ vi: 'Bắt buộc', en: 'Required' }, requiredWords(field))}
${term({ vi: 'Dài nhất', en: 'Longest' }, { vi: `${lengthMax} ký tự`, en: `${lengthMax} characters` })}
${marksTerm(field)}
${
  entry === 'single'
    ? term(
        { vi: 'Số lần nhập', en: 'Keyed' },
        { vi: 'chỉ một trong hai người nhập', en: 'by one of the two people only' },
      )
    : undefined
}
${
  field.open === true
    ? term(
        { vi: 'Giá trị ngoài danh mục', en: 'What the list has not' },
        { vi: 'nhập như sổ ghi', en: 'is keyed as written' },
      )
    : undefined
}
${importance === 'ordinary' ? undefined : term({ vi: 'Mức độ', en: 'Class' }, CLASS_WORDS[importance])}
${dittoFrom === undefined ? undefined : term(MARK_WORDS.ditto, dittoWords(form, dittoFrom))}
</dl>
${choices(form, field)}
</li>`
}

function requiredWords({ required }: FieldDefinition): Bilingual {
  return required === false
    ? { vi: 'không, có thể bỏ trống', en: 'no, may be left empty' }
    : { vi: 'có giá trị, hoặc lý do không có', en: 'a value, or why there is none' }
}

function marksTerm({ marks }: FieldDefinition): Html {
  const none = { vi: 'không có', en: 'none' }
  const allowed = marks ?? MARKS
  const told = allowed.length === 0 ? [none] : allowed.map((mark) => MARK_WORDS[mark])
  return term(
    { vi: 'Lý do có thể chọn', en: 'Marks' },
    { vi: told.map(({ vi }) => vi).join(', '), en: told.map(({ en }) => en).join(', ') },
  )
}

function dittoWords(form: FormDefinition, dittoFrom: string): Bilingual {
  if (dittoFrom === 'record-above') return { vi: 'ô của bản ghi trên', en: 'of the record above' }
  const label = form.fields.find(({ name }) => name === dittoFrom)?.label
  return label ?? { vi: dittoFrom, en: dittoFrom }
}

function choices(form: FormDefinition, { options, list }: FieldDefinition): Html | undefined {
  if (options !== undefined) return optionList({ vi: 'Các mục', en: 'Options' }, options)
  if (list === undefined) return undefined
  const { name, date } = list
  const own = form.lists?.find((one) => one.name === name && one.date === date)
  if (own !== undefined) {
    const { vi, en } = own.label
    return optionList({ vi: `${vi} (${date})`, en: `${en} (${date})` }, own.entries)
  }
  return html`<p class="attention">${both({
    vi: `Danh mục ${name} ngày ${date}: được đưa vào khi công bố`,
    en: `List ${name} of ${date}: put in when the form is published`,
  })}</p>`
}

function optionList(label: Bilingual, options: readonly FieldOption[]): Html {
  return html`<details><summary>${both(label)}: ${options.length}</summary><ul class="options">${options.map(
    ({ value, label: { vi, en }, code, aliases = [] }) =>
      html`<li>${
        code === undefined ? undefined : html`<code>${code}</code> `
      }<strong>${value}</strong>${vi === value ? undefined : html` ${vi}`} <span lang="en">${en}</span>${
        aliases.length === 0 ? undefined : html` <small>(${aliases.join('; ')})</small>`
      }</li>`,
  )}</ul></details>`
}

function term(label: Bilingual, value: Bilingual): Html {
  return html`<div><dt>${both(label)}</dt><dd>${both(value)}</dd></div>`
}

function both({ vi, en }: Bilingual): Html {
  return vi === en ? html`${vi}` : html`${vi} <span lang="en">/ ${en}</span>`
}
