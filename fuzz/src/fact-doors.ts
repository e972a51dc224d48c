/** Facts that their producer never said: from another service, and from somebody with all rights. */
import { findContracts } from '@songnhap/api-documents'
import { type Bus, subjectsOf } from '@songnhap/bus'
import {
  closed,
  type FactContract,
  LedgerLine,
  ledgerRequests,
  type ServiceName,
} from '@songnhap/contracts'
import { arbitraryOf, hostileText } from '@songnhap/testkit'
import fc from 'fast-check'
import Type from 'typebox'
import { CANARY } from './canary.ts'
import { type Door, openDoor } from './door.ts'
import { Violation } from './judge-answer.ts'

const WEIGHT = 1
const FOREIGN = `${CANARY}-foreign`
const BEYOND_MAX = 3
const LINES_MAX = 4

export function factDoors(operator: Bus, services: ReadonlyMap<ServiceName, Bus>): Door[] {
  const facts = findContracts().facts.map(({ contract }) => contract)
  const producers = [...new Set(facts.map(({ producer }) => producer))]
  return [
    ...producers.map((producer) => {
      const own = facts.filter((contract) => contract.producer === producer)
      return poisonDoor(operator, producer, own)
    }),
    foreignDoor(operator, services, producers),
  ]
}

/** Lines in the stream itself, at places that are taken, next, or far ahead. */
function poisonDoor(operator: Bus, producer: ServiceName, facts: readonly FactContract[]): Door {
  const subject = subjectsOf(operator.namespace).facts(producer)
  const lines = facts.map(({ kind, body }) => {
    const { at } = LedgerLine.properties
    const schema = closed({ kind: Type.Literal(kind), at, body })
    const good = arbitraryOf(schema, { canary: CANARY }).map((line) => JSON.stringify(line))
    return fc.oneof(good, hostileText(schema, { canary: CANARY }).map(String))
  })
  const inputs = fc.record({
    lines: fc.array(fc.oneof(...lines), { minLength: 1, maxLength: LINES_MAX }),
    ahead: fc.integer({ min: -2, max: BEYOND_MAX }),
  })
  return openDoor(`facts of ${producer}`, WEIGHT, inputs, async (input) => {
    const { position } = await operator.ask(ledgerRequests(producer).head, {})
    const first = Math.max(1, position + input.ahead)
    const placed = input.lines.map((line, index) =>
      line.replace('{', `{"position":${first + index},`),
    )
    operator.connection.publish(subject, placed.join('\n'))
    return 'SAID'
  })
}

/** The server lets none of them through; whoever has all rights would hear them. */
function foreignDoor(
  operator: Bus,
  services: ReadonlyMap<ServiceName, Bus>,
  producers: readonly ServiceName[],
): Door {
  const { facts } = subjectsOf(operator.namespace)
  let heard = 0
  for (const producer of producers) {
    operator.connection.subscribe(facts(producer), {
      callback: (_error, message) => {
        if (message.string() === FOREIGN) heard++
      },
    })
  }
  const inputs = fc
    .record({ as: fc.constantFrom(...services.keys()), producer: fc.constantFrom(...producers) })
    .filter(({ as, producer }) => as !== producer)
  return openDoor('facts of others', WEIGHT, inputs, async ({ as, producer }) => {
    services.get(as)?.connection.publish(facts(producer), FOREIGN)
    await services.get(as)?.connection.flush()
    if (heard > 0) throw new Violation(`${as} spoke as ${producer}`)
    return 'SAID'
  })
}
