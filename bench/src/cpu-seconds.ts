import { readdirSync, readFileSync } from 'node:fs'
import type { Installation } from '@songnhap/local'

/** Linux counts in hundredths of a second. */
const TICKS_A_SECOND = 100

/** Processor seconds used so far, by part of the installation; `people` is this process. */
export type CpuSeconds = Readonly<Record<string, number>>

export function readCpuSeconds({ services, servers }: Installation): CpuSeconds {
  const { user, system } = process.cpuUsage()
  const byService = Object.entries(services).map(
    ([name, instances]) => [name, sum(instances.map(({ pid }) => ticksOf(pid)))] as const,
  )
  return {
    ...Object.fromEntries(byService.map(([name, ticks]) => [name, ticks / TICKS_A_SECOND])),
    'nats-server': ticksOf(servers.nats.pid) / TICKS_A_SECOND,
    postgresql: familyTicksOf(servers.postgres.pid) / TICKS_A_SECOND,
    people: (user + system) / 1e6,
  }
}

export function difference(after: CpuSeconds, before: CpuSeconds): CpuSeconds {
  return Object.fromEntries(
    Object.entries(after).map(([name, seconds]) => [name, seconds - (before[name] ?? 0)]),
  )
}

function ticksOf(pid: number | undefined): number {
  const stat = statOf(pid)
  return stat === undefined ? 0 : stat.own
}

/** A server that works in children: those that live, and those that have ended and been counted. */
function familyTicksOf(pid: number | undefined): number {
  const stat = statOf(pid)
  if (stat === undefined) return 0
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((child) => child?.parent === pid)
  return stat.own + stat.ended + sum(children.map((child) => child?.own ?? 0))
}

/** Fields of /proc/PID/stat by their numbers there: parent 4, own time 14 + 15, ended children's 16 + 17. */
function statOf(pid: number | undefined) {
  if (pid === undefined) return undefined
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const field = (number: number) => Number(fields[number - 3])
    return { parent: field(4), own: field(14) + field(15), ended: field(16) + field(17) }
  } catch {
    // Ended in this moment: its parent has counted it.
    return undefined
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
