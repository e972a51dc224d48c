/** Intake: pages come in. Keeps campaigns, forms, books and page images, and says each new page. */
import { fileURLToPath } from 'node:url'
import { answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import { openImageStore } from '@songnhap/images'
import { runService } from '@songnhap/runtime'
import { IntakeConfig } from './config.ts'
import { listBooks, listCampaigns, listPages } from './list-holdings.ts'
import { openBook } from './open-book.ts'
import { openCampaign, readForm } from './open-campaign.ts'
import { receivePage } from './receive-page.ts'
import type { DB } from './schema.gen.ts'

await runService<DB, typeof IntakeConfig>({
  name: 'intake',
  environment: process.env,
  config: IntakeConfig,
  migrations: fileURLToPath(new URL('../migrations/', import.meta.url)),

  async start({ config, db, ledger }) {
    const images = await openImageStore(config.IMAGES_FOLDER)
    return {
      answers: [
        answer(contracts.openCampaign, (request) => openCampaign(ledger, request)),
        answer(contracts.listCampaigns, () => listCampaigns(db)),
        answer(contracts.openBook, (request) => openBook(ledger, request)),
        answer(contracts.listBooks, (request) => listBooks(db, request)),
        answer(contracts.receivePage, (request) => receivePage(db, ledger, images, request)),
        answer(contracts.listPages, (request) => listPages(db, request)),
        answer(contracts.readForm, (request) => readForm(db, request)),
      ],
    }
  },
})
