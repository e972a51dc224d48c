import { stderr, stdin } from 'node:process'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { type Api, signIn } from '@songnhap/client'
import { UsageError } from './usage-error.ts'

/** Signs in. A password never stands on the command line, where other users could read it. */
export async function connect(who: {
  url: string
  login: string | undefined
  password: string | undefined
}): Promise<Api> {
  if (who.login === undefined) throw new UsageError('--login is missing')
  const password = who.password ?? (await askPassword(who.login))
  return await signIn(who.url, who.login, password)
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
