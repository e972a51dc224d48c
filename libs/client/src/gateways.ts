/** The gateways of one installation as one person uses them. A session counts at all of them. */
export interface Gateways {
  /** The address of the moment. */
  readonly current: string
  /** On to the next one, unless something else that failed there has gone on already. */
  leave(gatewayUrl: string): void
}

/** `begin` spreads people over them: any whole number. */
export function openGateways(urls: readonly string[], begin = 0): Gateways {
  let index = begin
  const current = () => {
    const url = urls[index % urls.length]
    if (url === undefined) throw new TypeError('an installation has at least one gateway')
    return url
  }
  return {
    get current() {
      return current()
    },
    leave(gatewayUrl) {
      if (gatewayUrl === current()) index += 1
    },
  }
}
