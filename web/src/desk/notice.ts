import type { FieldDefinition, Mark } from '@songnhap/contracts'
import { deskWords } from '../words/desk.ts'
import { textOf } from '../words/language.svelte.ts'
import type { Finish } from './finish-page.ts'
import type { Look } from './look-at-field.ts'

/** What the line below the field says, and what Enter would answer to it. */
export interface Notice {
  readonly text: string
  readonly tone: 'hint' | 'warning' | 'error'
  readonly asks?: 'keep' | 'drop-text' | 'ditto' | 'no-records' | 'finish'
  readonly mark?: Mark
}

export function wordsOfError(error: NonNullable<Look['error']>, field: FieldDefinition): string {
  return error === 'tooLong' ? deskWords().tooLong(field.lengthMax) : deskWords()[error]
}

/** Of a page that was to be finished; one that is ready has no records. */
export function noticeOfFinish(finish: Finish): Notice {
  const words = deskWords()
  switch (finish.is) {
    case 'wrong':
      return { text: wordsOfError(finish.error, finish.definition), tone: 'error' }
    case 'open':
      return {
        text: `${words.unfinished(finish.count)}. ${words.unfinishedHow}`,
        tone: 'warning',
      }
    case 'against':
      return { text: textOf(finish.message), tone: 'error' }
    case 'doubt':
      return { text: `${textOf(finish.message)} ${words.keep}`, tone: 'warning', asks: 'keep' }
    case 'refused':
      return {
        text: `${words.formRefuses} ${finish.findings.slice(0, 3).join('; ')}`,
        tone: 'error',
      }
    case 'ready':
      return { text: words.noRecords, tone: 'warning', asks: 'no-records' }
  }
}
