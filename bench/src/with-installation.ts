import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServiceName } from '@songnhap/contracts'
import { type Installation, startInstallation } from '@songnhap/local'

export type Environment = Partial<Record<ServiceName, Record<string, string>>>

/** A whole installation, durable, in a folder of its own that goes with it. */
export async function withInstallation<T>(
  say: (line: string) => void,
  environment: Environment,
  measure: (installation: Installation) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-bench-'))
  try {
    const installation = await startInstallation({
      folder,
      environment,
      durable: true,
      report: say,
    })
    try {
      return await measure(installation)
    } finally {
      await installation.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
