import type { Api } from '@songnhap/client'
import type {
  findUnits as findContract,
  ReplyOf,
  UnitState,
  UnitVersion,
} from '@songnhap/contracts'

export async function showUnitStates(api: Api): Promise<number> {
  const { states } = await api.get<{ states: UnitState[] }>('/api/units/states')
  if (states.length === 0) {
    print('Chưa có đơn vị hành chính. / No units yet: songnhap units import FILE.csv')
  }
  for (const { validFrom, validTo, source, units, successions } of states) {
    const counts = units.map(({ level, count }) => `${count} ${level}`).join(', ')
    const until = validTo === undefined ? '' : ` – ${validTo}`
    print(`${validFrom}${until}  ${counts}; ${successions} predecessors  (${source})`)
  }
  return 0
}

export async function findUnits(
  api: Api,
  name: string,
  { on, level }: { on?: string | undefined; level?: string | undefined },
): Promise<number> {
  const query = new URLSearchParams({ name })
  if (on !== undefined) query.set('on', on)
  if (level !== undefined) query.set('level', level)
  const { matches, suggestions, more } = await api.get<ReplyOf<typeof findContract>>(
    `/api/units?${query}`,
  )
  for (const unit of matches) show(unit)
  if (matches.length === 0) print('Không có đơn vị nào tên như vậy. / No unit has this name.')
  if (suggestions.length > 0) print('Khác dấu, là nơi khác: / Other marks, so another place:')
  for (const unit of suggestions) show(unit)
  if (more) print('Và còn nữa. / And more: add --on DATE or --level LEVEL')
  return matches.length === 0 ? 1 : 0
}

function show(unit: UnitVersion): void {
  const { code, name, within, validFrom, validTo, predecessors, successors } = unit
  print(`${code}  ${[name, ...within].join(', ')}  (${validFrom} – ${validTo ?? '…'})`)
  for (const one of predecessors) print(`    từ / from ${one.code} ${one.name}${partly(one.part)}`)
  for (const one of successors) print(`    thành / into ${one.code} ${one.name}${partly(one.part)}`)
}

function partly(part: 'whole' | 'part'): string {
  return part === 'part' ? ' (một phần / in part)' : ''
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
