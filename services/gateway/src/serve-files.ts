import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import type { TypedServer } from './typed-server.ts'

/** The description of the API, and what previews of forms look like. */
const PUBLIC_FILES = fileURLToPath(new URL('../public/', import.meta.url))
/** The workplace as `web` is built. */
const WORKPLACE = fileURLToPath(new URL('../../../web/dist/', import.meta.url))
/** What the build names after its content never changes. */
const HASHED = 'assets'
const FOR_EVER = 'public, max-age=31536000, immutable'
/** Asked for every time, and only sent when it has changed: the browser finds a new app at once. */
const ASKED_FOR = 'no-cache'

/** The workplace at `/`, and the pages beside it. */
export async function serveFiles(server: TypedServer, workplace = WORKPLACE): Promise<void> {
  await server.register(staticFiles, { root: PUBLIC_FILES, wildcard: false, index: false })
  if (!existsSync(join(workplace, 'index.html'))) {
    server.log.warn('the workplace is not built: there is no web/dist; `npm start` builds it')
    return
  }
  const built = { decorateReply: false, preCompressed: true, cacheControl: false } as const
  await server.register(staticFiles, {
    ...built,
    root: workplace,
    wildcard: false,
    globIgnore: [`${HASHED}/**`],
    setHeaders: (reply) => {
      reply.header('cache-control', ASKED_FOR)
    },
  })
  // Looked up at each request: built anew under a running gateway, its files have new names.
  await server.register(staticFiles, {
    ...built,
    root: join(workplace, HASHED),
    prefix: `/${HASHED}/`,
    index: false,
    setHeaders: (reply) => {
      reply.header('cache-control', FOR_EVER)
    },
  })
}
