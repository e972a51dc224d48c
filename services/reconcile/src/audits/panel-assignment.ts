import type { ArbitrationAssignment } from '@songnhap/contracts'
import { firstThatFit, type HeldArbitration, withoutQuestions } from '../arbitration-assignment.ts'
import { questionOf, type Seat } from './audit-item.ts'
import type { AuditPage } from './load-audit-page.ts'
import { itemsOf } from './submit-panel-rulings.ts'

/** A seat of a panel looks like any other arbitration in which some fields differ. */
export function panelAssignment(
  held: HeldArbitration,
  seat: Seat,
  audit: AuditPage,
): ArbitrationAssignment {
  const questions = firstThatFit(itemsOf(audit, seat), (item) => questionOf(item, seat))
  return { ...withoutQuestions(held, audit.page.form), questions }
}
