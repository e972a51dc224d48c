/** A program for the tests: starts servers in the folder it is given, says so, and holds them. */
import { startServers } from '../src/index.ts'

const [folder = ''] = process.argv.slice(2)
const servers = await startServers({ folder, durable: false, report: () => {} })
process.send?.({ postgresUrl: servers.postgresUrl, natsUrl: servers.natsUrl })
process.once('SIGTERM', async () => {
  await servers.stop()
  process.disconnect()
})
