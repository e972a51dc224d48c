import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyStateFolder, type Installation, startInstallation } from '@songnhap/local'
import type { Teardown } from './test-servers.ts'

type Options = Partial<Parameters<typeof startInstallation>[0]>

/** What the test command made ready once for all files; without it each makes its own from nothing. */
export const PREPARED_STATE = 'TEST_PREPARED_STATE'

/** A whole installation of this test's own, and the folder of its state; gone after the test. */
export async function testInstallation(
  t: Teardown,
  options: Omit<Options, 'folder'> = {},
): Promise<Installation & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-installation-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const prepared = process.env[PREPARED_STATE] ?? ''
  if (prepared !== '') await copyStateFolder(prepared, folder)
  const report = () => {}
  // No ruling is drawn by chance to be asked once more, if a test does not want it: what is open is counted.
  const reconcile = { SECOND_SHARE: '0', ...options.environment?.reconcile }
  const environment = { ...options.environment, reconcile }
  const installation = await startInstallation({
    report,
    durable: false,
    ...options,
    environment,
    folder,
  })
  t.teardown(() => installation.stop())
  return { ...installation, folder }
}
