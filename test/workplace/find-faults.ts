import axe from 'axe-core'
import type { Page } from 'playwright-core'

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** What axe finds on the page as it stands; the policy lets no script in, so it comes by the debugger. */
export async function findFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const tags = JSON.stringify(STANDARD)
  const violations = await page.evaluate<Violation[]>(
    `axe.run({ runOnly: { type: 'tag', values: ${tags} } }).then(({ violations }) => violations)`,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  )
}
