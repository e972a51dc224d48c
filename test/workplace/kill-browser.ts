import { readdirSync, readFileSync } from 'node:fs'

/** As when the power goes: the browser's main process is gone without a word. */
export function killBrowser(profile: string): void {
  const marker = `--user-data-dir=${profile}`
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parts = commandLineOf(pid).split('\0')
    if (!parts.includes(marker) || parts.some((part) => part.startsWith('--type='))) continue
    process.kill(Number(pid), 'SIGKILL')
    return
  }
  throw new Error('the browser to kill was not found')
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // It has ended since it was listed.
    return ''
  }
}
