import type { ChangedThing } from '@songnhap/contracts'
import * as facts from '@songnhap/contracts'

/** What each fact, by its kind, may have changed on a supervisor's screens. */
export const THING_OF: Readonly<Record<string, ChangedThing>> = {
  [facts.campaignOpened.kind]: 'campaign',
  [facts.campaignFormChanged.kind]: 'campaign',
  [facts.campaignPagesAheadChanged.kind]: 'campaign',
  [facts.bookOpened.kind]: 'books',
  [facts.bookLayoutsChanged.kind]: 'books',
  [facts.pageReceived.kind]: 'pages',
  [facts.pageSkipped.kind]: 'pages',
  [facts.pageOfferedAgain.kind]: 'pages',
  [facts.pageSetAside.kind]: 'pages',
  [facts.pageRestored.kind]: 'pages',
  [facts.entrySubmitted.kind]: 'entries',
  [facts.readingWanted.kind]: 'entries',
  [facts.pageCompared.kind]: 'truth',
  [facts.rulingMade.kind]: 'truth',
  [facts.recordSettled.kind]: 'truth',
  [facts.pageSettled.kind]: 'truth',
  [facts.panelRuled.kind]: 'books',
  [facts.bookFrozen.kind]: 'books',
  [facts.bookThawed.kind]: 'books',
  [facts.bookAudited.kind]: 'books',
  [facts.bookReleased.kind]: 'books',
  [facts.rulingRechecked.kind]: 'people',
  [facts.knownPageNamed.kind]: 'people',
  [facts.knownPageRetired.kind]: 'people',
  [facts.knownPageAnswered.kind]: 'people',
  [facts.reviewOpened.kind]: 'people',
  [facts.reviewClosed.kind]: 'people',
}
