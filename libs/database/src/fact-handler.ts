import type { BodyOf, FactContract } from '@songnhap/contracts'
import { checkLeniently } from '@songnhap/contracts/check'
import type { Change } from './ledger.ts'

/** What facts of one kind do here. */
export interface FactHandler<S> {
  readonly contract: FactContract
  /** Applies one or many, in their order. */
  apply(change: Change<S>, ...bodies: readonly unknown[]): Promise<void>
}

/** Thrown by a handler that needs a fact of another producer first; it is asked again later. */
export class NotYet extends Error {
  override name = 'NotYet'
}

/** Ties a contract to what each of its facts does, with the body checked and typed. */
export function on<S, C extends FactContract>(
  contract: C,
  handle: (change: Change<S>, body: BodyOf<C>) => Promise<void>,
): FactHandler<S> {
  return onMany(contract, async (change, bodies) => {
    for (const body of bodies) await handle(change, body)
  })
}

/** The same for facts that come together: many are stored in as few statements as one. */
export function onMany<S, C extends FactContract>(
  contract: C,
  handle: (change: Change<S>, bodies: readonly BodyOf<C>[]) => Promise<void>,
): FactHandler<S> {
  const check = checkLeniently(contract.kind, contract.body)
  return {
    contract,
    apply: (change, ...bodies) =>
      handle(
        change,
        bodies.map((body) => check(body) as BodyOf<C>),
      ),
  }
}
