import * as contracts from '@songnhap/contracts'
import type { TSchema } from 'typebox'

const { ledgerRequests, SERVICES } = contracts

/** A contract under the name that the code has for it. */
export interface Named<C> {
  readonly name: string
  readonly contract: C
}

/**
 * Every contract that the library exports, known by its shape: a new one is described without
 * anybody remembering to. What each service answers about its ledger is made, not exported.
 */
export function findContracts() {
  const exported = Object.entries<unknown>(contracts)
  return {
    facts: exported.filter(isFact).map(asNamed),
    requests: [...exported.filter(isRequest).map(asNamed), ...requestsAboutLedgers()],
    pushes: exported.filter(isPush).map(asNamed),
    /** Schemas that have a name, and are referred to by it. */
    schemas: exported.filter(isSchema).map(asNamed),
  }
}

function requestsAboutLedgers(): Named<contracts.RequestContract>[] {
  return SERVICES.flatMap((service) =>
    Object.entries(ledgerRequests(service)).map(([name, contract]) => ({
      name: `ledgerRequests.${name}`,
      contract,
    })),
  )
}

function isFact(entry: [string, unknown]): entry is [string, contracts.FactContract] {
  return hasKeys(entry[1], ['body', 'kind', 'producer'])
}

function isRequest(entry: [string, unknown]): entry is [string, contracts.RequestContract] {
  return hasKeys(entry[1], ['owner', 'reply', 'request', 'subject'])
}

function isPush(entry: [string, unknown]): entry is [string, contracts.PushContract] {
  return hasKeys(entry[1], ['body', 'subject'])
}

function isSchema(entry: [string, unknown]): entry is [string, TSchema] {
  const [, value] = entry
  // What TypeBox makes says of itself what it is; a list of words does not.
  return typeof value === 'object' && value !== null && '~kind' in value
}

function hasKeys(value: unknown, keys: readonly string[]): boolean {
  return (
    typeof value === 'object' && value !== null && Object.keys(value).sort().join() === keys.join()
  )
}

function asNamed<C>([name, contract]: [string, C]): Named<C> {
  return { name, contract }
}
