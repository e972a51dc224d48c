import type { Bus } from '@songnhap/bus'
import { closed, DeadLetter, Id, ledgerRequests, Problem } from '@songnhap/contracts'
import Type from 'typebox'
import type { Access } from '../admission.ts'
import type { TypedServer } from '../typed-server.ts'

/** The services that apply facts of others, and so may fail to. */
const FOLLOWERS = ['intake', 'entry', 'reconcile'] as const
const Follower = Type.Enum([...FOLLOWERS])
const MENDING: Access = ['supervisor']

const { replay } = ledgerRequests('intake')

/** Facts that could not be applied: seen, and tried again once their cause is gone. */
export function addDeadLetterRoutes(server: TypedServer, bus: Bus): void {
  server.get(
    '/api/dead-letters',
    {
      config: { access: MENDING, summary: 'Lists facts that could not be applied.' },
      schema: {
        response: {
          200: closed({
            deadLetters: Type.Array(DeadLetter),
            /** Services that did not answer: theirs are not in the list. */
            silent: Type.Array(Follower),
          }),
        },
      },
    },
    async () => {
      const lists = await Promise.all(FOLLOWERS.map((service) => askFor(bus, service)))
      return {
        deadLetters: lists.flatMap((list) => list ?? []),
        silent: FOLLOWERS.filter((_, index) => lists[index] === undefined),
      }
    },
  )

  server.post(
    '/api/dead-letters/:service/:deadLetterId/replay',
    {
      config: {
        access: MENDING,
        summary: 'Tries again to apply such a fact, and tells why where it cannot.',
      },
      schema: {
        params: closed({ service: Follower, deadLetterId: Id }),
        response: { 200: replay.reply },
      },
    },
    async ({ params: { service, deadLetterId } }) =>
      bus.ask(ledgerRequests(service).replay, { deadLetterId }),
  )
}

async function askFor(
  bus: Bus,
  service: (typeof FOLLOWERS)[number],
): Promise<DeadLetter[] | undefined> {
  try {
    return (await bus.ask(ledgerRequests(service).deadLetters, {})).deadLetters
  } catch (error) {
    if (error instanceof Problem && error.code === 'UNAVAILABLE') return undefined
    throw error
  }
}
