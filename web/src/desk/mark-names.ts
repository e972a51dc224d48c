import type { Mark } from '@songnhap/contracts'
import { deskWords } from '../words/desk.ts'

/** What each mark is called. */
export function markNames(): Readonly<Record<Mark, string>> {
  const { blank, illegible, partly, torn, struck, above } = deskWords()
  return { blank, illegible, 'partly-legible': partly, torn, 'struck-out': struck, ditto: above }
}
