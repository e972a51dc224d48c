import type { Bus } from '@songnhap/bus'
import { closed, Id, readThirdEntries, setThirdEntries } from '@songnhap/contracts'
import { personOf, SUPERVISION } from '../admission.ts'
import type { TypedServer } from '../typed-server.ts'

const params = closed({ campaignId: Id })
const { on, agreedShare } = setThirdEntries.request.properties

/** Whether a third typist comes before the arbiter. None of it is for typists. */
export function addThirdEntryRoutes(server: TypedServer, bus: Bus): void {
  server.get(
    '/api/campaigns/:campaignId/third-entries',
    {
      config: {
        access: SUPERVISION,
        summary: 'Third blind entries: whether they are asked for, their costs, what came of them.',
        refuses: ['NOT_FOUND'],
      },
      schema: { params, response: { 200: readThirdEntries.reply } },
    },
    async ({ params }) => bus.ask(readThirdEntries, params),
  )

  server.put(
    '/api/campaigns/:campaignId/third-entries',
    {
      config: {
        access: SUPERVISION,
        summary: 'Asks for third blind entries, or not, of pages that are compared from now on.',
        refuses: ['NOT_FOUND'],
      },
      schema: {
        params,
        body: closed({ on, agreedShare }),
        response: { 200: setThirdEntries.reply },
      },
    },
    async (request) => {
      const { params, body } = request
      const { personId } = personOf(request)
      return await bus.ask(setThirdEntries, { ...params, ...body, personId })
    },
  )
}
