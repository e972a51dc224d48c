import { type Answer, answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import type { Kysely } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { exportAudit } from './export-audit.ts'
import { freezeBook } from './freeze-book.ts'
import { readBook } from './read-book.ts'
import { askOverride, confirmOverride, releaseBook } from './release-book.ts'
import { reworkBook } from './rework-book.ts'
import { readTargets, setTargets } from './targets.ts'
import { readCertificate } from './write-certificate.ts'

/** What supervisors ask about books: freezing, auditing, releasing, certificates. */
export function answerAudits(db: Kysely<DB>, ledger: Ledger<DB>): Answer[] {
  return [
    answer(contracts.readBook, (request) => readBook(db, request)),
    answer(contracts.freezeBook, (request) => freezeBook(ledger, request)),
    answer(contracts.releaseBook, (request) => releaseBook(ledger, request)),
    answer(contracts.askOverride, (request) => askOverride(ledger, request)),
    answer(contracts.confirmOverride, (request) => confirmOverride(ledger, request)),
    answer(contracts.reworkBook, (request) => reworkBook(ledger, request)),
    answer(contracts.readCertificate, (request) => readCertificate(db, request)),
    answer(contracts.exportAudit, (request) => exportAudit(db, request)),
    answer(contracts.readTargets, (request) => readTargets(db, request)),
    answer(contracts.setTargets, (request) => setTargets(ledger, request)),
  ]
}
