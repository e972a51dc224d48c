/**
 * Operators who can be compared: linked by strata that they share, directly or over others. Between two
 * groups nothing tells a better operator from easier books.
 */
export function comparableGroups(
  counts: readonly { readonly operator: string; readonly stratum: string }[],
): string[][] {
  const groupOf = new Map<string, Set<string>>()
  const ofStratum = new Map<string, Set<string>>()
  for (const { operator, stratum } of counts) {
    const own = groupOf.get(operator) ?? new Set([operator])
    const there = ofStratum.get(stratum) ?? own
    const [small, large] = own.size < there.size ? [own, there] : [there, own]
    if (small !== large) for (const name of small) large.add(name)
    for (const name of large) groupOf.set(name, large)
    for (const [name, group] of ofStratum) if (group === small) ofStratum.set(name, large)
    ofStratum.set(stratum, large)
    groupOf.set(operator, large)
  }
  return [...new Set(groupOf.values())].map((group) => [...group])
}
