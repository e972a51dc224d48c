/** Gateway: the only door for people. Accounts, sessions, the HTTP API, websockets, the status page. */
import { fileURLToPath } from 'node:url'
import { openImageStore } from '@songnhap/images'
import { runService } from '@songnhap/runtime'
import { createFirstAdministrator } from './accounts.ts'
import { buildServer } from './build-server.ts'
import { GatewayConfig, listOf, publicOrigins } from './config.ts'
import { openPartedUploads } from './parted-uploads.ts'
import type { DB } from './schema.gen.ts'

const HEADERS_WITHIN_MS = 20_000
/** As much as a message may have, over the slowest line. */
const BODY_WITHIN_MS = 60_000
const HELLO_WITHIN_MS = 5_000
const REFRESH_MS = 10_000
const SESSION_CHECK_MS = 60_000
const HINT_MS = 1_000

await runService<DB, typeof GatewayConfig>({
  name: 'gateway',
  environment: process.env,
  config: GatewayConfig,
  migrations: fileURLToPath(new URL('../migrations/', import.meta.url)),

  async start({ config, db, bus, log, onStop }) {
    const uploads = openPartedUploads(config.IMAGES_FOLDER, log)
    const server = await buildServer({
      db,
      bus,
      images: await openImageStore(config.IMAGES_FOLDER),
      uploads,
      log,
      origins: publicOrigins(config),
      trustedProxies: listOf(config.TRUSTED_PROXIES),
      sessionHours: config.SESSION_HOURS,
      signInAttemptsMax: config.SIGN_IN_ATTEMPTS_MAX,
      requestTimes: { headersMs: HEADERS_WITHIN_MS, bodyMs: BODY_WITHIN_MS },
      streamTimes: {
        helloMs: HELLO_WITHIN_MS,
        heartbeatMs: config.HEARTBEAT_MS,
        refreshMs: REFRESH_MS,
        sessionCheckMs: SESSION_CHECK_MS,
        hintMs: HINT_MS,
      },
    })
    const { FIRST_ADMINISTRATOR_LOGIN: login, FIRST_ADMINISTRATOR_PASSWORD: password } = config
    await createFirstAdministrator(db, login, password)
    await server.listen({ host: config.GATEWAY_HOST, port: config.GATEWAY_PORT })
    onStop(() => server.close())
    return { errands: [uploads.sweep()] }
  },
})
