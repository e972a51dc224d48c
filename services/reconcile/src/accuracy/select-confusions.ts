import { howConfused } from '@songnhap/comparators'
import type { Confusion } from '@songnhap/contracts'
import { readCounts } from '@songnhap/database'
import type { Transaction } from 'kysely'
import type { DB } from '../schema.gen.ts'
import { CONFUSED } from './confusion-counts.ts'

const CONFUSIONS_TOLD_MAX = 200

/** Which letters were taken for which in these campaigns, by a typist or in a field, the most frequent first. */
export async function selectConfusions(
  trx: Transaction<DB>,
  scopes: string | readonly string[],
  campaignIds: readonly string[],
): Promise<Confusion[]> {
  const times = new Map<string, number>()
  for (const { measure, subject, field, amount } of await readCounts(trx, scopes)) {
    if (measure !== CONFUSED || !campaignIds.includes(subject)) continue
    times.set(field, (times.get(field) ?? 0) + amount)
  }
  return [...times]
    .filter(([, count]) => count > 0)
    .toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))
    .slice(0, CONFUSIONS_TOLD_MAX)
    .map(([field, count]) => {
      const [truth = '', typed = ''] = field.split('\t')
      return { truth, typed, how: howConfused({ truth, typed }), times: count }
    })
}
