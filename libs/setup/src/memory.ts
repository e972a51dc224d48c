import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const SECRET_BYTES = 24

/** Small texts that outlive the process: ports, passwords. Readable by the owner only. */
export interface Memory {
  recall(key: string): string | undefined
  remember(key: string, value: string): void
  /** A random password, drawn once. */
  secret(name: string): string
}

export function openMemory(file: string): Memory {
  const known = new Map<string, string>(
    existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8'))) : [],
  )
  const memory: Memory = {
    recall: (key) => known.get(key),
    remember(key, value) {
      known.set(key, value)
      const next = `${file}.next`
      // On the disk before anybody uses it: a server would go on asking for a forgotten password.
      const how = { mode: 0o600, flush: true }
      writeFileSync(next, JSON.stringify(Object.fromEntries(known), null, 2), how)
      renameSync(next, file)
    },
    secret(name) {
      const kept = memory.recall(`secret ${name}`)
      if (kept !== undefined) return kept
      const drawn = randomBytes(SECRET_BYTES).toString('base64url')
      memory.remember(`secret ${name}`, drawn)
      return drawn
    },
  }
  return memory
}
