/**
 * Goal: whoever runs an installation finds every request in it by the tools of NATS.
 * Method: all four services, asked as `nats micro` asks, held against the AsyncAPI document.
 */
import { asyncApiDocument, type Json } from '@songnhap/api-documents'
import { connectBus } from '@songnhap/bus'
import { ledgerRequests, readForm, SERVICES } from '@songnhap/contracts'
import { testInstallation } from '@songnhap/testkit'
import { pino } from 'pino'
import { t } from 'tap'

/** What a message may hold, as the server has it. */
const PAYLOAD_BYTES_MAX = 1024 * 1024

interface Endpoint {
  readonly subject: string
  readonly queue_group: string
  readonly metadata: { readonly request: string; readonly reply: string }
  readonly num_requests: number
  readonly num_errors: number
  readonly average_processing_time: number
  readonly last_error?: string
}

t.test('D6: every request is found, described and counted', async (t) => {
  const installation = await testInstallation(t)
  const { namespace, servers } = installation
  const log = pino({ level: 'silent' })
  const bus = await connectBus({ url: servers.natsUrl, namespace, name: 'operator', log })
  t.teardown(() => bus.close())
  const ask = async (verb: string, service: string) => {
    const reply = await bus.connection.request(`$SRV.${verb}.${namespace}-${service}`)
    return { bytes: reply.data.length, ...reply.json<{ endpoints: Endpoint[] }>() }
  }

  const described = describedSubjects(namespace)
  let found = 0
  for (const service of SERVICES) {
    t.match(await ask('PING', service), { type: 'io.nats.micro.v1.ping_response' })
    const { bytes, endpoints } = await ask('INFO', service)
    found += endpoints.length
    t.comment(`${service}: ${endpoints.length} endpoints, ${bytes} bytes`)
    t.ok(bytes < PAYLOAD_BYTES_MAX / 4, 'and far below what a message may hold')
    t.same(endpoints.map(({ subject }) => subject).sort(), described.get(service), service)
    for (const { subject, queue_group, metadata } of endpoints) {
      t.equal(queue_group, service, subject)
      t.ok(isSchema(metadata.request) && isSchema(metadata.reply), `the schemas of ${subject}`)
    }
  }
  t.comment(`${found} requests, as many as the document has`)

  const figures = async (subject: string) =>
    (await ask('STATS', 'intake')).endpoints.find((one) => one.subject.endsWith(subject))
  await bus.ask(ledgerRequests('intake').head, {})
  for (const name of ['no-such-form', 'nor-this-one']) {
    await t.rejects(bus.ask(readForm, { name, version: 1 }), { code: 'NOT_FOUND' })
  }
  const refused = { num_requests: 2, num_errors: 2, last_error: '404:NOT_FOUND' }
  t.match(await figures(readForm.subject), refused, 'refusals are counted')
  const answered = await figures(ledgerRequests('intake').head.subject)
  t.ok((answered?.num_requests ?? 0) >= 1 && answered?.num_errors === 0, 'so are answers')
  t.ok((answered?.average_processing_time ?? 0) > 0, 'with the time they took')
})

/** By owner, from the document. */
function describedSubjects(namespace: string): Map<string, string[]> {
  const { channels } = asyncApiDocument() as { channels: Record<string, Json> }
  const subjects = Object.entries(channels)
    .filter(([id]) => id.startsWith('ask.'))
    .map(([, { address }]) => String(address).replace('{namespace}', namespace))
  return new Map(
    SERVICES.map((service) => [
      service,
      subjects.filter((subject) => subject.startsWith(`${namespace}.ask.${service}.`)).sort(),
    ]),
  )
}

function isSchema(text: string): boolean {
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null && ('type' in value || 'anyOf' in value)
}
