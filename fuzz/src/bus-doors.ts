/** The questions that services answer to each other, and the hints they give. */
import { findContracts } from '@songnhap/api-documents'
import { type Bus, subjectsOf } from '@songnhap/bus'
import { type PushContract, type RequestContract, SERVICES } from '@songnhap/contracts'
import { arbitraryOf, hostileText } from '@songnhap/testkit'
import fc from 'fast-check'
import { CANARY, findCanary } from './canary.ts'
import { type Door, openDoor } from './door.ts'
import type { Ground } from './ground.ts'
import { judgeProblem, Violation } from './judge-answer.ts'
import { passes } from './passes.ts'

const REQUEST_WEIGHT = 50
const HINT_WEIGHT = 3
const ANSWER_WITHIN_MS = 30_000
const ERROR_HEADER = 'Nats-Service-Error-Code'

/** `bus` may ask everything; `operator` may say everything. */
export function busDoors(bus: Bus, operator: Bus, ground: Ground, onlyBroken: boolean): Door[] {
  const { requests, pushes } = findContracts()
  return [
    ...requests.map(({ contract }) => requestDoor(bus, contract, ground.ids, onlyBroken)),
    ...pushes.map(({ contract }) => pushDoor(operator, contract, ground)),
    pokeDoor(operator),
  ]
}

function requestDoor(
  bus: Bus,
  contract: RequestContract,
  ids: readonly string[],
  onlyBroken: boolean,
): Door {
  const subject = subjectsOf(bus.namespace).request(contract)
  const valid = arbitraryOf(contract.request, { ids, canary: CANARY })
  const hostile = hostileText(contract.request, { ids, canary: CANARY })
  const inputs = onlyBroken
    ? hostile.filter((text) => !passes(contract.request, text, 'leniently'))
    : fc.oneof(
        { weight: 1, arbitrary: valid.map((value) => Buffer.from(JSON.stringify(value))) },
        { weight: 5, arbitrary: hostile },
      )
  return openDoor(
    `bus ${contract.owner} ${contract.subject}`,
    REQUEST_WEIGHT,
    inputs,
    async (payload) => {
      const reply = await bus.connection.request(subject, payload, { timeout: ANSWER_WITHIN_MS })
      if (reply.headers?.has(ERROR_HEADER) !== true) {
        if (passes(contract.request, payload, 'leniently')) return 'OK'
        throw new Violation('what breaks its contract was answered')
      }
      const said = findCanary(reply.string() + JSON.stringify([...reply.headers]))
      if (said !== undefined) throw new Violation(`a refusal repeats what was sent: ${said}`)
      return judgeProblem(reply.string())
    },
  )
}

/** Heard by a gateway for those who are at work there; nobody answers. */
function pushDoor(operator: Bus, contract: PushContract, { people }: Ground): Door {
  const { push } = subjectsOf(operator.namespace)
  const everybody = [...people.values()].flat().map(({ personId }) => personId)
  const inputs = fc.record({
    address: fc.constantFrom(...everybody),
    payload: hostileText(contract.body, { canary: CANARY }),
  })
  return openDoor(`push ${contract.subject}`, HINT_WEIGHT, inputs, async ({ address, payload }) => {
    operator.connection.publish(push(contract, address), payload)
    return 'SAID'
  })
}

function pokeDoor(operator: Bus): Door {
  const { poke } = subjectsOf(operator.namespace)
  const inputs = fc.record({
    topic: fc.constantFrom(...SERVICES, ...SERVICES.map((service) => `${service}.x`)),
    payload: fc.uint8Array({ maxLength: 300 }),
  })
  return openDoor('pokes', HINT_WEIGHT, inputs, async ({ topic, payload }) => {
    operator.connection.publish(poke(topic), payload)
    return 'SAID'
  })
}
