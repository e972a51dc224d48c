import type { PushContract, RequestContract, ServiceName } from '@songnhap/contracts'

/** First word of every subject of an installation, unless it is told another. */
export const NAMESPACE = 'songnhap'

/**
 * Every name on the bus begins with the installation's namespace, so that several installations,
 * and every test, can share a server without hearing each other.
 */
export function subjectsOf(namespace: string) {
  if (!/^[a-z0-9_-]{1,64}$/.test(namespace)) {
    throw new TypeError('a bus namespace has only a-z, 0-9, - and _')
  }
  return {
    request: (contract: RequestContract) =>
      `${namespace}.ask.${contract.owner}.${contract.subject}`,
    push: (contract: PushContract, address: string) =>
      `${namespace}.push.${contract.subject}.${address}`,
    poke: (topic: string) => `${namespace}.poke.${topic}`,
    facts: (producer: ServiceName) => `${namespace}.fact.${producer}.v1`,
    stream: (producer: ServiceName) => `${namespace}_${producer}`,
  }
}
