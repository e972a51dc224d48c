import type { Draft } from './draft.ts'

const STEPS_MAX = 50

/** What can be taken back. Typing in one visit of a field is one step. */
export interface History {
  readonly before: readonly Draft[]
  readonly after: readonly Draft[]
  readonly visit: string
}

export const NO_HISTORY: History = { before: [], after: [], visit: '' }

/** Call before a change. Of changes with one visit only the first is a step; no visit: always. */
export function remember(history: History, draft: Draft, visit = ''): History {
  if (visit !== '' && visit === history.visit) return { ...history, after: [] }
  return { before: [...history.before, draft].slice(-STEPS_MAX), after: [], visit }
}

export function undo(history: History, draft: Draft): { history: History; draft: Draft } {
  const last = history.before.at(-1)
  if (last === undefined) return { history, draft }
  const before = history.before.slice(0, -1)
  return {
    history: { before, after: [...history.after, draft].slice(-STEPS_MAX), visit: '' },
    draft: { ...last, changes: draft.changes + 1 },
  }
}

export function redo(history: History, draft: Draft): { history: History; draft: Draft } {
  const next = history.after.at(-1)
  if (next === undefined) return { history, draft }
  const after = history.after.slice(0, -1)
  return {
    history: { before: [...history.before, draft].slice(-STEPS_MAX), after, visit: '' },
    draft: { ...next, changes: draft.changes + 1 },
  }
}
