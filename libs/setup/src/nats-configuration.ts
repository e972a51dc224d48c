import { NAMESPACE, permissionsOf } from '@songnhap/bus'
import { SERVICES, type ServiceName } from '@songnhap/contracts'

/** Sees everything; for tests and for the operator's own tools. */
export const NATS_OPERATOR = 'songnhap'
/** A service answers a question once; streamed answers are not used. */
const RESPONSES = '{ max: 1, expires: "2m" }'

export type NatsUser = ServiceName | typeof NATS_OPERATOR

/** The configuration of a nats-server that every service may use for its own subjects only. */
export function natsConfiguration(server: {
  name: string
  listen: string
  store: string
  /** Known to nats-server since 2.10. By default it acknowledges up to two minutes before it syncs. */
  syncAlways: boolean
  /** Where it tells whether it is well, over HTTP. */
  monitor?: string
  passwordOf: (user: NatsUser) => string
}): string {
  const { passwordOf } = server
  return `server_name: ${JSON.stringify(server.name)}
listen: ${JSON.stringify(server.listen)}
${server.monitor === undefined ? '' : `http: ${JSON.stringify(server.monitor)}\n`}jetstream {
  store_dir: ${JSON.stringify(server.store)}
${server.syncAlways ? '  sync_interval: always\n' : ''}}
ping_interval: "5s"
ping_max: 2
authorization {
  users: [
    { user: ${NATS_OPERATOR}, password: ${JSON.stringify(passwordOf(NATS_OPERATOR))} }
${SERVICES.map((service) => `    ${userOf(service, passwordOf(service))}`).join('\n')}
  ]
}
`
}

function userOf(service: ServiceName, password: string): string {
  const { publish, subscribe } = permissionsOf(NAMESPACE, service)
  const rights = `publish: ${JSON.stringify(publish)}, subscribe: ${JSON.stringify(subscribe)}`
  const permissions = `{ ${rights}, allow_responses: ${RESPONSES} }`
  return `{ user: ${service}, password: ${JSON.stringify(password)}, permissions: ${permissions} }`
}
