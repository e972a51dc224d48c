import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

/** On what a figure was measured. The load says whether the machine was doing something else, too. */
export function describeEnvironment(): string {
  const cores = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GiB`
  const load = `load ${loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')}`
  return [cores, memory, `${process.platform} ${release()}`, `Node ${process.version}`, load].join(
    ', ',
  )
}
