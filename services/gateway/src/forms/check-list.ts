import type { FormDefinition } from '@songnhap/contracts'
import { RULE_WORDS, SEVERITY_WORDS } from './form-words.ts'
import { type Html, html } from './html.ts'

/** Checks between fields and control totals, with what is said when they do not hold. */
export function checkList({ checks = [], controlTotals = [] }: FormDefinition): Html | undefined {
  if (checks.length + controlTotals.length === 0) return undefined
  return html`<h2>Các kiểm tra <span lang="en">/ Checks</span></h2>
<ul class="checks">${checks.map(
    ({ name, severity, message, when, rule }) => html`<li class="${severity}">
<p><strong>${message.vi}</strong> <span lang="en">${message.en}</span></p>
<p class="hint">${SEVERITY_WORDS[severity].vi} <span lang="en">/ ${SEVERITY_WORDS[severity].en}</span> ·
${wordsOf(rule)} · <code>${name}</code></p>
${when === undefined ? undefined : html`<p class="hint">khi <span lang="en">/ when</span> ${details(when)}</p>`}
</li>`,
  )}${controlTotals.map(
    ({ of, total, message }) => html`<li>
<p><strong>${message.vi}</strong> <span lang="en">${message.en}</span></p>
<p class="hint">${
      of === undefined
        ? html`số bản ghi <span lang="en">/ number of records</span>`
        : html`tổng <span lang="en">/ sum</span> <code>${of}</code>`
    } = <code>${total}</code></p>
</li>`,
  )}</ul>`
}

function wordsOf({ kind, ...rest }: { kind: string }): Html {
  const words = RULE_WORDS[kind] ?? { vi: kind, en: kind }
  return html`${words.vi} <span lang="en">/ ${words.en}</span>: ${details(rest)}`
}

/** Whatever a rule says, by the names that the form has for it. */
function details(rule: object): Html[] {
  return Object.entries(rule).map(
    ([name, value]) => html`${name} <code>${[value].flat().join(', ')}</code> `,
  )
}
