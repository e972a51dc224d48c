/** Entry: who types what. Dispatches pages to two people each, blind, and keeps what they keyed. */
import { fileURLToPath } from 'node:url'
import { answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import { foldCounts } from '@songnhap/database'
import { runService } from '@songnhap/runtime'
import { EntryConfig } from './config.ts'
import { releaseAssignment, renewAssignment, skipPage } from './end-lease.ts'
import { expireLeases } from './expire-leases.ts'
import { findTypistImage } from './find-typist-image.ts'
import { onPageRestored, onPageSetAside } from './hear-decisions.ts'
import {
  onBookLayoutsChanged,
  onBookOpened,
  onCampaignFormChanged,
  onCampaignOpened,
  onPageReceived,
  onPagesAheadChanged,
} from './hear-intake.ts'
import { onKnownPageNamed, onKnownPageRetired, onReadingWanted } from './hear-reconcile.ts'
import { readKnownShowings, setKnownShares } from './known-showings.ts'
import { listEntries } from './list-entries.ts'
import { listStuckPages } from './list-stuck-pages.ts'
import { offerPageAgain } from './offer-page-again.ts'
import { offerPages } from './offer-pages.ts'
import { listSkippedPages, readBooksKeyed, readOverview } from './read-overview.ts'
import { readProgress } from './read-progress.ts'
import type { DB } from './schema.gen.ts'
import { submitEntry } from './submit-entry.ts'
import { takeAssignments } from './take-assignments.ts'
import { takeBackAssignments } from './take-back.ts'

const PAGES_FREED = 'entry.pages-freed'

await runService<DB, typeof EntryConfig>({
  name: 'entry',
  environment: process.env,
  config: EntryConfig,
  migrations: fileURLToPath(new URL('../migrations/', import.meta.url)),

  async start({ config, db, ledger, bus, log, onStop }) {
    const leaseSeconds = config.LEASE_SECONDS
    const times = { leaseSeconds, waitingSeconds: config.WAITING_SECONDS }
    const offering = offerPages(db, ledger, bus, leaseSeconds, log)
    // One instance offers; any of them may free a page.
    const listening = bus.onPoke(PAGES_FREED, () => offering.wake())
    onStop(async () => listening.stop())
    const pageFreed = () => bus.poke(PAGES_FREED)

    return {
      answers: [
        answer(contracts.takeAssignments, (request) => takeAssignments(ledger, times, request)),
        answer(contracts.submitEntry, (request) => submitEntry(ledger, times, request)),
        answer(contracts.renewAssignment, (request) =>
          renewAssignment(ledger, leaseSeconds, request),
        ),
        answer(contracts.releaseAssignment, (request) =>
          releaseAssignment(ledger, pageFreed, request),
        ),
        answer(contracts.takeBackAssignments, (request) =>
          takeBackAssignments(ledger, pageFreed, request),
        ),
        answer(contracts.skipPage, (request) => skipPage(ledger, pageFreed, request)),
        answer(contracts.offerPageAgain, (request) => offerPageAgain(ledger, pageFreed, request)),
        answer(contracts.findTypistImage, (request) => findTypistImage(db, request)),
        answer(contracts.listEntries, (request) => listEntries(db, request)),
        answer(contracts.listStuckKeying, (request) => listStuckPages(db, request)),
        answer(contracts.readKeyingProgress, ({ campaignId }) => readProgress(db, campaignId)),
        answer(contracts.readKeyingOverview, ({ campaignId }) => readOverview(db, campaignId)),
        answer(contracts.readBooksKeyed, (request) => readBooksKeyed(db, request)),
        answer(contracts.readKnownShowings, ({ campaignId }) => readKnownShowings(db, campaignId)),
        answer(contracts.setKnownShares, (request) => setKnownShares(db, request)),
        answer(contracts.listSkippedPages, (request) => listSkippedPages(db, request)),
      ],
      follows: {
        intake: [
          onCampaignOpened,
          onCampaignFormChanged,
          onPagesAheadChanged,
          onBookOpened,
          onBookLayoutsChanged,
          onPageReceived(() => offering.wake()),
          onPageSetAside,
          onPageRestored(() => offering.wake()),
        ],
        reconcile: [onReadingWanted(() => offering.wake()), onKnownPageNamed, onKnownPageRetired],
      },
      errands: [offering, expireLeases(ledger, pageFreed, log), foldCounts(db, log)],
    }
  },
})
