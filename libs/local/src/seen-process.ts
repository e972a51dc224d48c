/** A process as the operating system shows it. */
export interface SeenProcess {
  /** When it began and its command line: a pid that was given out again does not match. */
  readonly identity: string
  readonly commandLine: string
  /** Dead, but not yet taken note of by its parent. */
  readonly zombie: boolean
}

/** Linux: `/proc/PID/stat` and `/proc/PID/cmdline`. */
export function readProcFiles(stat: string, commandLine: string): SeenProcess {
  // The name before the last bracket may hold anything; state is field 3, the start field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const words = commandLine.replaceAll('\0', ' ').trim()
  return {
    identity: `${fields[19] ?? ''} ${words}`,
    commandLine: words,
    zombie: fields[0] === 'Z' || fields[0] === 'X',
  }
}

/** macOS, from `ps -o stat=,lstart=,command=`; it prints nothing where there is no such process. */
export function readPsLine(line: string): SeenProcess | undefined {
  const [, state = '', began = '', words = ''] =
    /^\s*(\S+)\s+(\S+ \S+\s+\S+ \S+ \S+)\s+(.*)$/.exec(line.trimEnd()) ?? []
  if (state === '') return undefined
  return { identity: `${began} ${words}`, commandLine: words, zombie: state.startsWith('Z') }
}

/** Windows, from our PowerShell script: ticks and command line, or nothing. There are no zombies. */
export function readPowerShellLine(line: string): SeenProcess | undefined {
  const identity = line.trim()
  if (identity === '') return undefined
  return { identity, commandLine: identity.slice(identity.indexOf(' ') + 1), zombie: false }
}
