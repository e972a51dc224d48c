import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** What axe finds on the page as it stands; the policy lets no script in, so it comes by the debugger. */
export async function findFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const tags = JSON.stringify(STANDARD)
  const violations = await page.evaluate<Violation[]>(
    `axe.run({ runOnly: { type: 'tag', values: ${tags} } }).then(({ violations }) => violations)`,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  )
}
