/** `npm start`: a whole installation on this machine, until Ctrl-C. */
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Installation, startInstallation } from '@songnhap/local'
import { startProgress, wordsOf } from './progress.ts'
import { ROOT } from './run-command.ts'
import { sampleAccounts } from './sample-accounts.ts'
import { seedSampleCampaign } from './seed-sample-campaign.ts'
import { stopSignal } from './stop-signal.ts'

const USUAL_PORT = 8080
const USAGE = `npm start [-- --port 8080]
  starts everything on this machine, with a sample campaign the first time; Ctrl-C stops it
  SONGNHAP_STATE  the folder that keeps everything (.songnhap)
  NATS_SERVER     the nats-server program, where it is not on the path`

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, help: { type: 'boolean' } } })
  if (values.help === true) {
    console.log(USAGE)
    return
  }
  const port = Number(values.port ?? USUAL_PORT)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port must be a whole number from 1 to 65535`)
  }
  const folder = resolve(process.env['SONGNHAP_STATE'] ?? join(ROOT, '.songnhap'))
  const report = startProgress()
  const stopping = stopSignal(report)
  report(`state folder ${folder}`)
  const installation = await startInstallation({
    folder,
    report,
    wishedGatewayPorts: [USUAL_PORT],
    ...(values.port === undefined ? {} : { gatewayPort: port }),
  })
  // For the ledgers' verification and for back-ups; the owner's only.
  writeFileSync(join(folder, 'database-url'), `${installation.databaseUrl}\n`, { mode: 0o600 })
  try {
    if (!stopping.aborted) await welcome(installation, folder, report, stopping)
    if (!stopping.aborted) await once(stopping, 'abort')
  } finally {
    await installation.stop()
    report('everything is stopped; the next start goes on from here')
  }
}

async function welcome(
  installation: Installation,
  folder: string,
  report: (line: string) => void,
  stopping: AbortSignal,
): Promise<void> {
  const file = join(folder, 'accounts.txt')
  let text = `Đăng nhập / sign in: ${file}\n`
  const seeded = await seedSampleCampaign(
    installation,
    () => {
      const sample = sampleAccounts(file, installation.administrator)
      text = `${sample.text}\nLưu ở / kept in: ${file}\n`
      return sample.accounts
    },
    report,
    stopping,
  )
  if (stopping.aborted) return
  report(seeded ? 'ready, with a sample campaign' : 'ready')
  console.log(`
Song Nhập: ${installation.gatewayUrl}

${text}Ctrl-C: dừng / stop
`)
}

await main().catch((error: unknown) => {
  console.error(`songnhap: ${wordsOf(error)}`)
  process.exitCode = 1
})
