import type { PageCase } from './page-case.ts'

/** Who has to do with a page now: its questions are for arbiters, and what they passed on after them. */
export type Instance = 'arbiters' | 'supervisors' | 'nobody'

export function arbitrationOf({ state }: Pick<PageCase, 'state'>): Instance {
  if (state.kind !== 'open') return 'nobody'
  return state.open.every(({ escalated }) => escalated) ? 'supervisors' : 'arbiters'
}
