/** Who led when, by what the instances say in their logs. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ManagedService } from '@songnhap/local'

/** The time in which one process had the duties of its service's leader, by the clock on the wall. */
export interface Spell {
  readonly label: string
  readonly pid: number
  readonly from: number
  /** Infinite while it lasts. A process that was killed does not say when it left off. */
  readonly to: number
}

interface Line {
  readonly time: number
  readonly pid: number
  readonly msg: string
}

/** In order; `killedAt` knows by pid when a process was killed. */
export async function readSpells(
  folder: string,
  instances: readonly ManagedService[],
  killedAt: ReadonlyMap<number, number>,
): Promise<Spell[]> {
  const spells: Spell[] = []
  for (const { label } of instances) {
    const lines = await readLines(join(folder, 'logs', `${label}.log`))
    for (const [index, { msg, pid, time: from }] of lines.entries()) {
      if (msg !== 'leads') continue
      const end = lines
        .slice(index)
        .find((line) => line.pid === pid && line.msg === 'leads no more')
      spells.push({ label, pid, from, to: end?.time ?? killedAt.get(pid) ?? Infinity })
    }
  }
  return spells.toSorted((a, b) => a.from - b.from)
}

async function readLines(file: string): Promise<Line[]> {
  const lines = (await readFile(file, 'utf8')).split('\n')
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line)
}

/** How long nobody led between one and the next; below zero where two did at once. */
export function gapsBetween(spells: readonly Spell[]): number[] {
  return spells.slice(1).map(({ from }, index) => from - (spells[index]?.to ?? 0))
}
