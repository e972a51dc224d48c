/** Goal: others can rely on the AsyncAPI document. Method: its official parser, and counting. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Parser } from '@asyncapi/parser'
import { asyncApiDocument, type Json } from '@songnhap/api-documents'
import { permissionsOf } from '@songnhap/bus'
import { ClientMessage, SERVICES, ServerMessage } from '@songnhap/contracts'
import { t } from 'tap'

const CONTRACTS = fileURLToPath(new URL('../../contracts/src/', import.meta.url))
const DEFINED = /^(?:export const \w+ =| {4}\w+:) define(Fact|Request|Push)\(/gm

const document = asyncApiDocument()

async function complaintsAbout(text: unknown): Promise<string[]> {
  const { diagnostics } = await new Parser().parse(JSON.stringify(text))
  return diagnostics.map(({ path, message }) => `${path.join('/')}: ${message}`)
}

/** How often the sources define a contract, by its kind. */
async function countDefinitions() {
  const counts = { Fact: 0, Request: 0, Push: 0, LedgerRequest: 0 }
  for (const entry of await readdir(CONTRACTS, { recursive: true })) {
    if (!entry.endsWith('.ts')) continue
    for (const [text, kind] of (await readFile(join(CONTRACTS, entry), 'utf8')).matchAll(DEFINED)) {
      if (text.startsWith(' ')) counts.LedgerRequest += 1
      else if (kind === 'Fact' || kind === 'Request' || kind === 'Push') counts[kind] += 1
    }
  }
  return counts
}

t.test('D1: the AsyncAPI document is valid', async (t) => {
  t.same(await complaintsAbout(document), [])

  const channels = { ...(document['channels'] as Json), broken: { address: 7 } }
  t.not((await complaintsAbout({ ...document, channels })).length, 0, 'a broken channel is seen')
  const lost = { lost: { action: 'send', channel: { $ref: '#/channels/nowhere' } } }
  t.not((await complaintsAbout({ ...document, operations: lost })).length, 0, 'so is a lost one')
})

t.test('D2: every contract is described, by count', async (t) => {
  const { document: parsed } = await new Parser().parse(JSON.stringify(document))
  if (parsed === undefined) throw new Error('the document was not parsed')
  const channels = parsed.channels().all()
  const countIn = (prefix: string) =>
    channels
      .filter((channel) => channel.id().startsWith(prefix))
      .flatMap((channel) => channel.messages().all()).length
  const defined = await countDefinitions()
  const requests = defined.Request + defined.LedgerRequest * SERVICES.length
  const socket = ClientMessage.anyOf.length + ServerMessage.anyOf.length
  t.comment(
    `${defined.Fact} facts, ${requests} requests, ${defined.Push} pushes, ` +
      `${socket} messages of the websocket; ${channels.length} channels`,
  )
  t.ok(defined.Fact >= 8 && requests >= 38 && defined.Push >= 1, 'definitions were found')
  t.equal(countIn('fact.'), defined.Fact)
  t.equal(countIn('ask.'), requests)
  t.equal(countIn('push.'), defined.Push)
  t.equal(countIn('poke.'), 2 * SERVICES.length, 'pokes to a service, and to one duty of it')
  t.equal(countIn('stream'), socket)
  const operations = parsed.operations().all()
  const answered = operations.filter(
    (one) => one.id()?.startsWith('ask.') === true && one.reply() !== undefined,
  )
  t.equal(answered.length, requests, 'every request with its reply')
})

t.test('D2: what may be said where is what the server is told', async (t) => {
  const operations = document['operations'] as Record<string, Json>
  t.match(operations['fact.entry'] ?? {}, { 'x-speakers': ['entry'] })
  t.match(operations['ask.entry.entry.submit.v1'], { 'x-owner': 'entry', 'x-askers': ['gateway'] })
  t.match(operations['push.assignment.offered.v1'], {
    'x-speakers': ['entry', 'reconcile'],
    'x-hearers': ['gateway'],
  })
  t.match(operations['ask.intake.facts.get.v1'], { 'x-askers': ['entry', 'reconcile', 'gateway'] })
  t.match(operations['poke.intake'], { 'x-speakers': ['intake'] })
  t.match(operations['poke.intake.duty'], { 'x-speakers': ['intake'] })
  const channels = document['channels'] as Record<string, Json>
  t.match(channels['fact.intake'] ?? {}, { 'x-followers': ['entry', 'reconcile'] })
})

t.test('D2: every poke that a service may give is described', async (t) => {
  const channels = Object.values(document['channels'] as Record<string, Json>)
  const addresses = channels.map(({ address }) => String(address).replace(/\{duty\}$/, '>'))
  for (const service of SERVICES) {
    const allowed = permissionsOf('namespace', service).publish
    const pokes = allowed.filter((subject) => subject.includes('.poke.'))
    t.ok(pokes.length > 0, service)
    for (const poke of pokes)
      t.ok(addresses.includes(poke.replace('namespace', '{namespace}')), poke)
  }
})
