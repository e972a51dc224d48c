import { existsSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '@songnhap/testkit'
import { pino } from 'pino'
import { t } from 'tap'
import { keepHealthFile } from '../src/keep-health-file.ts'

const BEAT_MS = 5

t.test('the file is young while the check holds, and grows old when it fails', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'songnhap-health-'))
  const file = join(folder, 'healthy')
  let well = false
  let checks = 0
  const check = async () => {
    checks++
    if (!well) throw new Error('no database')
  }
  const health = keepHealthFile(file, check, pino({ level: 'silent' }), BEAT_MS)
  t.teardown(() => {
    health.stop()
    rmSync(folder, { recursive: true })
  })

  await eventually(
    () => checks,
    (count) => count > 2,
  )
  t.notOk(existsSync(file), 'never well, never written')
  well = true
  await eventually(() => existsSync(file), Boolean)
  utimesSync(file, 1, 1)
  await eventually(
    () => statSync(file).mtimeMs,
    (written) => written > 1000,
  )

  well = false
  const failing = checks
  await eventually(
    () => checks,
    (count) => count > failing + 1,
  )
  utimesSync(file, 1, 1)
  await eventually(
    () => checks,
    (count) => count > failing + 3,
  )
  t.equal(statSync(file).mtimeMs, 1000, 'and no longer written')
})
