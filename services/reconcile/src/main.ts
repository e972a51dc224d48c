/** Reconcile: what is true. Compares the two entries of a page and routes what differs to an arbiter. */
import { fileURLToPath } from 'node:url'
import { answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import { foldCounts } from '@songnhap/database'
import { runService } from '@songnhap/runtime'
import { foldOperatorCounts } from './accuracy/fold-operator-counts.ts'
import { readField } from './accuracy/read-field.ts'
import { readOperator } from './accuracy/read-operator.ts'
import { readOperators } from './accuracy/read-operators.ts'
import { findChargeImage, readOwnAccuracy } from './accuracy/read-own-accuracy.ts'
import {
  expireArbitrations,
  findArbiterImage,
  releaseArbitration,
  renewArbitration,
  takeBackArbitrations,
} from './arbitration-lease.ts'
import { answerAudits } from './audits/answer-audits.ts'
import { ReconcileConfig } from './config.ts'
import { onPageRestored, onPageSetAside } from './hear-decisions.ts'
import {
  onBookLayoutsChanged,
  onBookOpened,
  onCampaignFormChanged,
  onCampaignOpened,
  onPageReceived,
} from './hear-intake.ts'
import { readPairs } from './independence/read-pairs.ts'
import { closeReview, listReviews, noteReview } from './independence/reviews.ts'
import { watchPairs } from './independence/watch-pairs.ts'
import { answerKnownPages } from './known-pages/answer-known-pages.ts'
import { onKnownPageAnswered } from './known-pages/on-known-page-answered.ts'
import { listStuckPages } from './list-stuck-pages.ts'
import { offerArbitrations } from './offer-arbitrations.ts'
import { onEntrySubmitted } from './on-entry-submitted.ts'
import { readBooksSettled, readOverview } from './read-overview.ts'
import { readPagesSettled } from './read-pages-settled.ts'
import { listOwnAppeals, readAppeals } from './rechecks/read-appeals.ts'
import { readArbiters } from './rechecks/read-arbiters.ts'
import { setShare } from './rechecks/set-share.ts'
import { submitAppeal } from './rechecks/submit-appeal.ts'
import { applyFlips, listFlips } from './recompare.ts'
import type { DB } from './schema.gen.ts'
import { showEntries } from './show-entries.ts'
import { submitRulings } from './submit-rulings.ts'
import { auditCampaign, listRecords, readProgress } from './supervise.ts'
import { takeArbitrations } from './take-arbitrations.ts'
import { readThirdEntries, setThirdEntries } from './third/third-setting.ts'

const ON_INTAKE = [
  onCampaignOpened,
  onCampaignFormChanged,
  onBookOpened,
  onBookLayoutsChanged,
  onPageReceived,
  onPageSetAside,
]
const ARBITRATIONS_FREED = 'reconcile.arbitrations-freed'

await runService<DB, typeof ReconcileConfig>({
  name: 'reconcile',
  environment: process.env,
  config: ReconcileConfig,
  migrations: fileURLToPath(new URL('../migrations/', import.meta.url)),

  async start({ config, db, ledger, bus, log, onStop }) {
    const leaseSeconds = config.LEASE_SECONDS
    await setShare(db, config.SECOND_SHARE)
    const times = { leaseSeconds, waitingSeconds: config.WAITING_SECONDS }
    const offering = offerArbitrations(db, ledger, bus, leaseSeconds, log)
    // One instance offers; any of them may free an arbitration.
    const listening = bus.onPoke(ARBITRATIONS_FREED, () => offering.wake())
    onStop(async () => listening.stop())
    const freed = () => bus.poke(ARBITRATIONS_FREED)

    return {
      answers: [
        answer(contracts.takeArbitrations, (request) => takeArbitrations(ledger, times, request)),
        answer(contracts.submitRulings, (request) => submitRulings(ledger, freed, request)),
        answer(contracts.renewArbitration, (request) =>
          renewArbitration(db, leaseSeconds, request),
        ),
        answer(contracts.releaseArbitration, (request) =>
          releaseArbitration(ledger, freed, request),
        ),
        answer(contracts.takeBackArbitrations, (request) =>
          takeBackArbitrations(ledger, freed, request),
        ),
        answer(contracts.findArbiterImage, (request) => findArbiterImage(db, request)),
        answer(contracts.showEntries, (request) => showEntries(ledger, request)),
        answer(contracts.listStuckArbitrations, (request) => listStuckPages(db, request)),
        answer(contracts.readSettlingProgress, ({ campaignId }) => readProgress(db, campaignId)),
        answer(contracts.readSettlingOverview, ({ campaignId }) => readOverview(db, campaignId)),
        answer(contracts.readBooksSettled, (request) => readBooksSettled(db, request)),
        answer(contracts.readPagesSettled, (request) => readPagesSettled(db, request)),
        answer(contracts.readArbiters, (request) => readArbiters(db, request)),
        answer(contracts.submitAppeal, (request) => submitAppeal(ledger, freed, request)),
        answer(contracts.listOwnAppeals, (request) => listOwnAppeals(db, request)),
        answer(contracts.readAppeals, (request) => readAppeals(db, request)),
        answer(contracts.readOperators, (request) => readOperators(db, request)),
        answer(contracts.readOperator, (request) => readOperator(db, request)),
        answer(contracts.readField, (request) => readField(db, request)),
        answer(contracts.readOwnAccuracy, (request) => readOwnAccuracy(db, request)),
        answer(contracts.findChargeImage, (request) => findChargeImage(db, request)),
        ...answerKnownPages(db, ledger),
        answer(contracts.listSettledRecords, (request) => listRecords(db, request)),
        answer(contracts.listFlips, (request) => listFlips(db, request)),
        answer(contracts.applyFlips, (request) => applyFlips(ledger, freed, request)),
        ...answerAudits(db, ledger),
        answer(contracts.readThirdEntries, (request) => readThirdEntries(db, request)),
        answer(contracts.setThirdEntries, (request) => setThirdEntries(ledger, request)),
        answer(contracts.readPairs, (request) => readPairs(db, request)),
        answer(contracts.listReviews, (request) => listReviews(db, request)),
        answer(contracts.noteReview, (request) => noteReview(ledger, request)),
        answer(contracts.closeReview, (request) => closeReview(ledger, request)),
        answer(contracts.auditCampaign, ({ campaignId }) => auditCampaign(db, campaignId)),
      ],
      follows: {
        intake: [...ON_INTAKE, onPageRestored(() => offering.wake())],
        entry: [onEntrySubmitted(() => offering.wake()), onKnownPageAnswered],
      },
      errands: [
        offering,
        expireArbitrations(ledger, freed, log),
        foldCounts(db, log),
        foldOperatorCounts(db, log),
        watchPairs(db, ledger, log),
      ],
    }
  },
})
