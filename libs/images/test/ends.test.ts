/** Rules I11 and I13 of docs/spec/images.md: how decoders end, and what that says about a file. */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Problem } from '@songnhap/contracts'
import { eventually } from '@songnhap/testkit'
import sharp from 'sharp'
import { type Test, t } from 'tap'
import { problemOf } from '../src/decoding/problem-of.ts'
import { endOf } from '../src/decoding/start-decoder.ts'
import { DECODING_LIMITS, openDecoders } from '../src/index.ts'
import { blank } from './open-desk.ts'

const execute = promisify(execFile)

/** Decoders with little time. */
function openTable(t: Test) {
  const folder = t.testdir()
  const decoders = openDecoders(folder, { ...DECODING_LIMITS, pageSecondsMax: 1 })
  t.teardown(() => decoders.close())
  return {
    decoders,
    pathOf: (name: string) => join(folder, name),
    /** A pipe that nobody writes to: whoever opens it hangs. */
    async layPipe() {
      await execute('mkfifo', [join(folder, 'trang')])
      return join(folder, 'trang')
    },
  }
}

/** Other than those seen already. */
async function nextDecoder(seen: readonly string[]): Promise<string> {
  const find = async () => {
    const ours = ['-P', String(process.pid), '-f', 'decoding/main']
    // It ends with 1 where there is none.
    const { stdout } = await execute('pgrep', ours).catch(() => ({ stdout: '' }))
    return stdout.split('\n').find((pid) => pid !== '' && !seen.includes(pid)) ?? ''
  }
  return await eventually(find, (pid) => pid !== '')
}

t.test('I11: what took too long is tried once more, and refused if it does again', async (t) => {
  const { decoders, layPipe } = openTable(t)
  const examined = decoders.examine(await layPipe()).catch((error: unknown) => error)
  const first = await nextDecoder([])
  await nextDecoder([first])
  t.match(await examined, { code: 'FILE_TOO_SLOW' })
})

t.test('I13: a second try that is broken off says nothing against the file', async (t) => {
  const { decoders, layPipe } = openTable(t)
  const examined = decoders.examine(await layPipe()).catch((error: unknown) => error)
  const first = await nextDecoder([])
  await nextDecoder([first])
  decoders.close()
  const error = await examined
  t.notOk(error instanceof Problem, String(error))
})

t.test(
  'I13: without a process or a file handle left, decoding fails and goes on later',
  async (t) => {
    const picture = join(t.testdir(), 'trang.png')
    await writeFile(picture, await blank(30, 40).png().toBuffer())
    const script = join(import.meta.dirname, 'fixtures/decode-without-handles.ts')
    const line = 'ulimit -n 60 && exec "$0" "$@"'
    const { stdout } = await execute('sh', ['-c', line, process.execPath, script, picture])
    t.match(stdout.split('\n'), [/^failed: .*(started|start in time|EMFILE)/, 'then: picture'])
  },
)

t.test('I11: only a signal that is no crash is for want of memory', async (t) => {
  t.equal(endOf('SIGKILL'), 'killed')
  t.equal(endOf('SIGABRT'), 'killed')
  t.equal(endOf('SIGSEGV'), 'crashed')
  t.equal(endOf(null), 'crashed', 'it ended with a code')
})

t.test('I13: a file that the disk cannot give is neither torn nor damaged', async (t) => {
  const { decoders, pathOf } = openTable(t)
  // It is opened like a file, and then every read of it fails.
  await mkdir(pathOf('kho.zip'))
  await t.rejects(decoders.examine(pathOf('kho.zip')), { code: 'FILE_UNREADABLE' })
  await t.rejects(decoders.unpack(pathOf('kho.zip')), { code: 'FILE_UNREADABLE' })
})

t.test('I13: a file that has moved meanwhile is lost and not damaged', async (t) => {
  const { decoders, pathOf } = openTable(t)
  await t.rejects(decoders.examine(pathOf('a.png')), { code: 'FILE_LOST' })
  await t.rejects(decoders.unpack(pathOf('a.zip')), { code: 'FILE_LOST' })
  const error: unknown = await sharp(pathOf('a.png'))
    .metadata()
    .catch((cause: unknown) => cause)
  t.equal(problemOf(error).code, 'FILE_LOST')
})
