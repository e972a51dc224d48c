import { type Answer, answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import type { Ledger } from '@songnhap/database'
import type { Kysely } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { confirmKnownPage, retireKnownPage } from './confirm-known-page.ts'
import { findKnownPageImage, listKnownPages, readKnownPage } from './read-known-pages.ts'

/** What is asked about known-answer pages. */
export function answerKnownPages(db: Kysely<DB>, ledger: Ledger<DB>): Answer[] {
  return [
    answer(contracts.listKnownPages, (request) => listKnownPages(db, request)),
    answer(contracts.readKnownPage, (request) => readKnownPage(db, request)),
    answer(contracts.findKnownPageImage, (request) => findKnownPageImage(db, request)),
    answer(contracts.confirmKnownPage, (request) => confirmKnownPage(ledger, request)),
    answer(contracts.retireKnownPage, (request) => retireKnownPage(ledger, request)),
  ]
}
