import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { drawCertificate, type Signer } from '@songnhap/audits/draw-certificate'
import type { Api } from '@songnhap/client'
import type { Certificate } from '@songnhap/contracts'
import { readExport } from './read-export.ts'

/**
 * A book's certificate as PDF and JSON, and of each of its audits that has ended what the figures can be
 * recomputed from.
 */
export async function saveCertificate(api: Api, bookId: string, folder: string): Promise<number> {
  type Reply = { certificate: Certificate; signers: Signer[] }
  const path = `/api/books/${bookId}/certificate`
  const { certificate, signers } = await api.get<Reply>(path)
  await mkdir(folder, { recursive: true })
  const save = async (name: string, content: unknown) => {
    await writeFile(join(folder, name), `${JSON.stringify(content, null, 2)}\n`)
    process.stdout.write(`${join(folder, name)}\n`)
  }
  await save('certificate.json', { ...certificate, signers })
  const pdf = join(folder, 'certificate.pdf')
  await pipeline(drawCertificate(certificate, signers), createWriteStream(pdf))
  process.stdout.write(`${pdf}\n`)
  for (const { auditId, ended } of certificate.audits) {
    if (ended !== undefined) await save(`audit-${auditId}.json`, await readExport(api, auditId))
  }
  return 0
}
