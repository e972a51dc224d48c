import type { Api } from '@songnhap/client'
import type { DeadLetter } from '@songnhap/contracts'

export async function showDeadLetters(api: Api): Promise<number> {
  const { deadLetters } = await api.get<{ deadLetters: DeadLetter[] }>('/api/dead-letters')
  if (deadLetters.length === 0) print('Không có. / None: every fact was applied.')
  for (const { deadLetterId, service, producer, position, kind, reason, failedAt } of deadLetters) {
    print(`${service} ${deadLetterId}  ${failedAt}  ${producer} #${position} ${kind}: ${reason}`)
  }
  return 0
}

export async function replay(api: Api, service: string, deadLetterId: string): Promise<number> {
  const path = `/api/dead-letters/${encodeURIComponent(service)}/${encodeURIComponent(deadLetterId)}`
  const { applied, reason } = await api.post<{ applied: boolean; reason?: string }>(
    `${path}/replay`,
    {},
  )
  print(applied ? 'Đã áp dụng. / Applied.' : `Chưa được. / Not applied: ${reason ?? 'unknown'}`)
  return applied ? 0 : 1
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
