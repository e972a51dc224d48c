import type { Api } from '@songnhap/client'
import type { AuditExport, exportAudit, ReplyOf } from '@songnhap/contracts'

/** In as many parts as it comes. */
export async function readExport(api: Api, auditId: string): Promise<AuditExport> {
  type Part = ReplyOf<typeof exportAudit>
  const parts: Part[] = []
  for (const part of ['records', 'cells'] as const) {
    for (let from = 0, more = true; more; ) {
      const one = await api.get<Part>(`/api/audits/${auditId}/${part}?from=${from}`)
      parts.push(one)
      from += one[part].length
      more = one.more
    }
  }
  const [first] = parts
  if (first === undefined) throw new Error('an export without a part')
  const { bookId, audit, fields } = first
  return {
    format: 'songnhap-audit-1',
    bookId,
    audit,
    fields,
    records: parts.flatMap(({ records }) => records),
    cells: parts.flatMap(({ cells }) => cells),
  }
}
