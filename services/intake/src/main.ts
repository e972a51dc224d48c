/** Intake: pages come in. Keeps campaigns, forms, books and page images, and says each new page. */
import { fileURLToPath } from 'node:url'
import { answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import { openImageStore } from '@songnhap/images'
import { runService } from '@songnhap/runtime'
import { answerRegistry } from './answer-registry.ts'
import { changeCampaignForm } from './change-campaign-form.ts'
import { IntakeConfig } from './config.ts'
import { findPageImage } from './find-page-image.ts'
import { listFiles } from './list-files.ts'
import { listBooks, listCampaigns, listPages } from './list-holdings.ts'
import { listPagesAside } from './list-pages-aside.ts'
import { openBook } from './open-book.ts'
import { openCampaign } from './open-campaign.ts'
import { readFiles } from './read-files.ts'
import { receiveFile } from './receive-file.ts'
import { replacePage } from './replace-page.ts'
import type { DB } from './schema.gen.ts'
import { setBookLayouts } from './set-book-layouts.ts'
import { setDeadline } from './set-deadline.ts'
import { restorePage, setPageAside } from './set-page-aside.ts'
import { setPagesAhead } from './set-pages-ahead.ts'
import { sweepStore } from './sweep-store.ts'

const FILE_RECEIVED = 'intake.file-received'

await runService<DB, typeof IntakeConfig>({
  name: 'intake',
  environment: process.env,
  config: IntakeConfig,
  migrations: fileURLToPath(new URL('../migrations/', import.meta.url)),

  async start({ config, db, ledger, bus, log, onStop }) {
    const images = await openImageStore(config.IMAGES_FOLDER)
    const reading = readFiles(db, ledger, images, log)
    // One instance reads; any of them may receive.
    const listening = bus.onPoke(FILE_RECEIVED, () => reading.wake())
    onStop(async () => listening.stop())
    return {
      answers: [
        answer(contracts.openCampaign, (request) => openCampaign(ledger, request)),
        answer(contracts.changeCampaignForm, (request) => changeCampaignForm(ledger, request)),
        answer(contracts.setDeadline, (request) => setDeadline(db, request)),
        answer(contracts.setPagesAhead, (request) => setPagesAhead(ledger, request)),
        answer(contracts.listCampaigns, () => listCampaigns(db)),
        answer(contracts.openBook, (request) => openBook(ledger, request)),
        answer(contracts.setBookLayouts, (request) => setBookLayouts(ledger, request)),
        answer(contracts.listBooks, (request) => listBooks(db, request)),
        answer(contracts.receiveFile, async (request) => {
          const reply = await receiveFile(db, images, request)
          bus.poke(FILE_RECEIVED)
          return reply
        }),
        answer(contracts.listFiles, (request) => listFiles(db, request)),
        answer(contracts.listPages, (request) => listPages(db, request)),
        answer(contracts.findPageImage, (request) => findPageImage(db, request)),
        answer(contracts.setPageAside, (request) => setPageAside(ledger, request)),
        answer(contracts.restorePage, (request) => restorePage(ledger, request)),
        answer(contracts.replacePage, async (request) => {
          const reply = await replacePage(db, images, request)
          bus.poke(FILE_RECEIVED)
          return reply
        }),
        answer(contracts.listPagesAside, (request) => listPagesAside(db, request)),
        ...answerRegistry(db),
      ],
      errands: [reading, sweepStore(db, images, log)],
    }
  },
})
