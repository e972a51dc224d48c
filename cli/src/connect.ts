import { stderr, stdin } from 'node:process'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { type Api, signIn } from '@songnhap/client'
import { Problem } from '@songnhap/contracts'
import { UsageError } from './usage-error.ts'

/** Signs in. A password never stands on the command line, where other users could read it. */
export async function connect(who: {
  url: string
  login: string | undefined
  password: string | undefined
}): Promise<Api> {
  const { url, login } = who
  if (login === undefined) throw new UsageError('say who you are: --login NAME, or SONGNHAP_LOGIN')
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new UsageError(`${url} is no address of a gateway, such as http://127.0.0.1:8080`)
  }
  const password = who.password ?? (await askPassword(login))
  try {
    return await signIn(url, login, password)
  } catch (error) {
    const isSilent = error instanceof Problem && error.code === 'UNAVAILABLE'
    if (!isSilent || error.cause === undefined) throw error
    const hint = 'Is it started (npm start)? Another address: --url, or SONGNHAP_URL'
    throw new Error(`nothing answers at ${url}. ${hint}`, { cause: error })
  }
}

async function askPassword(login: string): Promise<string> {
  if (!stdin.isTTY) throw new UsageError('set SONGNHAP_PASSWORD: there is no terminal to ask on')
  stderr.write(`Mật khẩu / password (${login}): `)
  // Reads a line without showing it.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    stderr.write('\n')
  }
}
