import type { Bus } from '@songnhap/bus'
import { closed, ledgerRequests, Problem, SERVICES, type ServiceName } from '@songnhap/contracts'
import Type, { type Static } from 'typebox'
import type { TypedServer } from '../typed-server.ts'

const ANSWER_TIMEOUT_MS = 1_000
/** Anybody may ask, so however many ask, the services are asked once in this time. */
const REMEMBERED_MS = 1_000

const Health = closed({
  services: Type.Array(closed({ service: Type.Enum([...SERVICES]), answers: Type.Boolean() })),
})
type Health = Static<typeof Health>

export function addHealthRoute(server: TypedServer, bus: Bus): void {
  let remembered: { readonly health: Promise<Health>; readonly at: number } | undefined
  server.get(
    '/api/health',
    {
      config: { access: 'public', summary: 'Says which services answer.' },
      schema: { response: { 200: Health } },
    },
    async () => {
      if (remembered === undefined || Date.now() - remembered.at > REMEMBERED_MS) {
        remembered = { health: askAll(bus), at: Date.now() }
      }
      return remembered.health
    },
  )
}

async function askAll(bus: Bus): Promise<Health> {
  return {
    services: await Promise.all(
      SERVICES.map(async (service) => ({ service, answers: await answers(bus, service) })),
    ),
  }
}

/** By asking what needs its database: a process that lost it is up, and of no use. */
async function answers(bus: Bus, service: ServiceName): Promise<boolean> {
  try {
    await bus.ask(ledgerRequests(service).head, {}, ANSWER_TIMEOUT_MS)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
