/** The look of the report: a page that needs nothing else, on paper too. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5c6670; --line: #d5dade; --paper: #fff;
  --identical: #2f7d4f; --equivalent: #7db38d; --variant: #d9a441; --different: #b8403a; --marks: #7a6a9c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #9aa5af; --line: #3a424a; --paper: #15191d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 "Be Vietnam Pro", "Noto Sans", "Segoe UI", system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
.en { color: var(--soft); font-weight: 400; }
p, ul { margin: .4rem 0; max-width: 60rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 1rem 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-size: .85rem; font-weight: 600; }
th .en { display: block; }
td.n, th.n { text-align: right; white-space: nowrap; }
td.reason { min-width: 14rem; }
td.value { white-space: pre-wrap; overflow-wrap: anywhere; min-width: 9rem; }
.bar { display: flex; width: 8rem; height: .8rem; background: var(--line); margin-top: .3rem; }
.bar i { display: block; height: 100%; }
.identical { background: var(--identical); } .equivalent { background: var(--equivalent); }
.variant { background: var(--variant); } .different { background: var(--different); }
.marks { background: var(--marks); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .9rem; }
.legend i { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; }
mark { background: #ffd7d0; color: #7a1410; padding: 0 .05em; border-bottom: 2px solid #b8403a; }
mark.gap { padding: 0 .12em; }
@media (prefers-color-scheme: dark) { mark { background: #5b201c; color: #ffd7d0; } }
.blank { color: var(--soft); font-style: italic; }
@media print { body { max-width: none; padding: 0; } 
  .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`
