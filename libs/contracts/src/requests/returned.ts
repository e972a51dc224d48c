/** What supervisors decide about pages that typists handed back. */
import Type, { type Static } from 'typebox'
import { defineRequest } from '../define.ts'
import { ASIDE_REASONS } from '../facts/intake.ts'
import { FileName } from '../file-name.ts'
import { closed, Id, Line, Moment, Sha256 } from '../primitives.ts'
import { receiveFile } from './intake.ts'

export const DecisionNote = Line({ maxLength: 500 })
const note = Type.Optional(DecisionNote)
const OfPage = { pageId: Id, personId: Id }

/** It can be keyed: those who skipped it may be given it again, after everybody else. */
export const offerPageAgain = defineRequest(
  'entry',
  'page.offer-again.v1',
  closed({ ...OfPage, note }),
  closed({}),
)

/** It is not part of what is keyed. The same said again changes nothing. */
export const setPageAside = defineRequest(
  'intake',
  'page.set-aside.v1',
  closed({ ...OfPage, reason: Type.Enum([...ASIDE_REASONS]), note }),
  closed({}),
)

/** It is part of its book after all; not for a page that was replaced. */
export const restorePage = defineRequest('intake', 'page.restore.v1', closed(OfPage), closed({}))

/** A better image of the page comes into its place, as a page of its own; the old one is kept, set aside. */
export const replacePage = defineRequest(
  'intake',
  'page.replace.v1',
  closed({ ...OfPage, note, fileName: FileName, sha256: Sha256 }),
  receiveFile.reply,
)

/** The image of a page, for supervisors. */
export const findPageImage = defineRequest(
  'intake',
  'page.image.v1',
  closed({ pageId: Id }),
  closed({ sha256: Sha256 }),
)

export const PageAside = closed({
  pageId: Id,
  bookId: Id,
  bookTitle: Type.String(),
  sequence: Type.Integer({ minimum: 1 }),
  personId: Id,
  reason: Type.Enum([...ASIDE_REASONS, 'replaced']),
  note,
  setAsideAt: Moment,
})
export type PageAside = Static<typeof PageAside>

/** Pages of a campaign that are set aside or were replaced, the latest 500. */
export const listPagesAside = defineRequest(
  'intake',
  'page.list-aside.v1',
  closed({ campaignId: Id }),
  closed({ pages: Type.Array(PageAside), more: Type.Boolean() }),
)
