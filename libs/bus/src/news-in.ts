import { LedgerLine } from '@songnhap/contracts'
import { checkLeniently } from '@songnhap/contracts/check'

/** What a fact is about: nothing of what it says. */
export interface News {
  readonly kind: string
  /** Where the fact names one. */
  readonly campaignId: string | undefined
}

const checkLine = checkLeniently('a ledger line', LedgerLine)

/** Of a message of facts. What people typed is in it, and stays here. */
export function newsIn(text: string): News[] {
  return text.split('\n').map((line) => {
    const { kind, body } = checkLine(JSON.parse(line))
    return { kind, campaignId: campaignIn(body) }
  })
}

function campaignIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('campaignId' in body)) return undefined
  return typeof body.campaignId === 'string' ? body.campaignId : undefined
}
