import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BinaryMissing, startServers } from '@songnhap/local'
import type { ServerProvider, TestServers } from './server-provider.ts'

/** Processes of this machine, over a folder that is gone afterwards. */
export const localServers: ServerProvider = {
  name: 'local',
  async start(report) {
    const folder = await mkdtemp(join(tmpdir(), 'songnhap-test-'))
    const remove = () => rm(folder, { recursive: true, force: true })
    try {
      return await startIn(folder, report, remove)
    } catch (error) {
      await remove()
      if (error instanceof BinaryMissing) return { closedBecause: error.message }
      throw error
    }
  },
}

async function startIn(
  folder: string,
  report: (line: string) => void,
  remove: () => Promise<void>,
): Promise<TestServers> {
  const servers = await startServers({ folder, durable: false, report })
  const { postgresUrl, natsUrl } = servers
  const stop = async () => {
    await servers.stop()
    await remove()
  }
  return { postgresUrl, natsUrl, stop }
}
