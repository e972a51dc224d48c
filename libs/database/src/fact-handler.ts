import type { BodyOf, FactContract } from '@songnhap/contracts'
import { checkLeniently } from '@songnhap/contracts/check'
import type { Change } from './ledger.ts'

/** What one kind of fact does here. */
export interface FactHandler<S> {
  readonly contract: FactContract
  apply(change: Change<S>, body: unknown): Promise<void>
}

/** Thrown by a handler that needs a fact of another producer first; it is asked again later. */
export class NotYet extends Error {
  override name = 'NotYet'
}

/** Ties a contract to what it does, with the body checked and typed. */
export function on<S, C extends FactContract>(
  contract: C,
  handle: (change: Change<S>, body: BodyOf<C>) => Promise<void>,
): FactHandler<S> {
  const check = checkLeniently(contract.kind, contract.body)
  return {
    contract,
    apply: (change, body) => handle(change, check(body) as BodyOf<C>),
  }
}
