/**
 * Goal: a service that goes astray can neither speak nor listen beyond its own subjects.
 * Method: a real server with the users that an installation gives it; what arrives is looked at by
 * the operator, who hears everything.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SERVICES, type ServiceName } from '@songnhap/contracts'
import { startServers } from '@songnhap/local'
import { connect, type NatsConnection } from 'nats'
import { t } from 'tap'
import { covers, permissionsOf } from '../src/permissions.ts'

const NAMESPACE = 'songnhap'

t.test('B23: each service speaks and hears on its own subjects only', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-permissions-'))
  const servers = await startServers({ folder, durable: false, report: () => {} })
  const connections: NatsConnection[] = []
  t.teardown(async () => {
    for (const connection of connections) await connection.close()
    await servers.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const enter = async (url: string) => {
    const { host, username, password } = new URL(url)
    const connection = await connect({ servers: host, user: username, pass: password })
    connections.push(connection)
    return connection
  }

  const operator = await enter(servers.natsUrl)
  const heard: string[] = []
  operator.subscribe('songnhap.>', { callback: (_error, message) => heard.push(message.subject) })
  await operator.flush()
  for (const service of SERVICES) {
    const connection = await enter(servers.natsUrlOf(service))
    const others = SERVICES.filter((name) => name !== service)
    const forbidden = [
      ...others.map((name) => `${NAMESPACE}.fact.${name}.v1`),
      ...others.map((name) => `${NAMESPACE}.poke.${name}`),
      ...(service === 'gateway' ? [] : [`${NAMESPACE}.ask.entry.entry.submit.v1`]),
    ]
    for (const subject of forbidden) connection.publish(subject)
    connection.publish(`${NAMESPACE}.fact.${service}.v1`)
    await connection.flush()
    await operator.flush()
    t.same(heard.splice(0), [`${NAMESPACE}.fact.${service}.v1`], `${service} is heard as itself`)
    t.equal(await mayHear(connection, `${NAMESPACE}.>`), false, 'and cannot listen to everything')
    const pushes = `${NAMESPACE}.push.assignment.offered.v1.somebody`
    t.equal(
      await mayHear(connection, pushes),
      service === 'gateway',
      'offers reach the gateway only',
    )
    const heardBy = await mayHear(connection, `${NAMESPACE}.fact.entry.v1`)
    t.equal(heardBy, service === 'gateway', 'B31: so do facts that pass by')
  }
})

t.test('B23: only those who follow a producer may read its stream', async (t) => {
  const reads = (service: ServiceName, producer: ServiceName) =>
    permissionsOf(NAMESPACE, service).publish.some((subject) =>
      subject.startsWith(`$JS.API.CONSUMER.MSG.NEXT.${NAMESPACE}_${producer}.`),
    )
  const readers = SERVICES.flatMap((service) =>
    SERVICES.filter((producer) => reads(service, producer)).map((from) => `${service} ← ${from}`),
  )
  t.same(readers, [
    'entry ← intake',
    'entry ← reconcile',
    'reconcile ← intake',
    'reconcile ← entry',
  ])
})

t.test('B23: the services are found by their operator, and not by each other', async (t) => {
  for (const service of SERVICES) {
    const { publish, subscribe } = permissionsOf(NAMESPACE, service)
    const question = `$SRV.INFO.${NAMESPACE}-entry`
    t.notOk(
      publish.some((allowed) => covers(allowed, question)),
      `${service} may not ask`,
    )
    t.ok(
      subscribe.some((allowed) => covers(allowed, question)),
      'and may answer',
    )
  }
})

t.test('B23: no service may change, empty or delete a stream', async (t) => {
  const streams = SERVICES.map((producer) => `${NAMESPACE}_${producer}`)
  for (const service of SERVICES) {
    const { publish } = permissionsOf(NAMESPACE, service)
    for (const verb of ['UPDATE', 'DELETE', 'PURGE', 'MSG.DELETE', 'RESTORE', 'SNAPSHOT']) {
      const possible = streams.filter((stream) =>
        publish.some((allowed) => covers(allowed, `$JS.API.STREAM.${verb}.${stream}`)),
      )
      t.same(possible, [], `${service}: ${verb}`)
    }
  }
})

/** The server answers a forbidden subscription with an error, and one that is allowed not at all. */
async function mayHear(connection: NatsConnection, subject: string): Promise<boolean> {
  let refused = false
  const subscription = connection.subscribe(subject, {
    callback: (error) => {
      refused ||= error !== null
    },
  })
  await connection.flush()
  subscription.unsubscribe()
  return !refused
}
