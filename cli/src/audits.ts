/** `songnhap audit`: how far a book is, freezing it, and repeating what its audit drew and counted. */
import { readFile, writeFile } from 'node:fs/promises'
import { gateInWords, verifyAudit } from '@songnhap/audits'
import type { Api } from '@songnhap/client'
import { type Audit, AuditExport, type BookStanding } from '@songnhap/contracts'
import { checkLeniently } from '@songnhap/contracts/check'
import { readExport } from './read-export.ts'
import { UsageError } from './usage-error.ts'

export const AUDIT_USAGE = `  audit show BOOK                             how far a book is
  audit freeze BOOK [--least N]               freeze a settled book and draw what is keyed a third time;
                                              at least N fields of each class
  audit release BOOK                          release a book whose gate is open
  audit override BOOK --reason TEXT           ask that it be released all the same; prints an id
  audit confirm BOOK ID                       as a second supervisor, confirm that
  audit rework BOOK [FIELD]...                have fields keyed once more in every record, by others
  audit export AUDIT --out FILE.json          all that the draw and the figures of an audit that has
                                              ended follow from; no values
  audit verify FILE.json                      repeats the draw and the figures, without any server
  certificate BOOK --out DIR                  certificate of a book (PDF, JSON), and the exports that its
                                              figures can be recomputed from`

interface Options {
  readonly least?: string | undefined
  readonly out?: string | undefined
  readonly reason?: string | undefined
}

/** `signIn` is called where a server is needed. */
export async function auditCommand(
  operands: readonly string[],
  { least, out, reason }: Options,
  signIn: () => Promise<Api>,
): Promise<number> {
  const [verb, what, ...rest] = operands
  if (verb === undefined || what === undefined) throw new UsageError(AUDIT_USAGE)
  switch (verb) {
    case 'show':
      return await showBook(await signIn(), what)
    case 'freeze':
      return await freeze(await signIn(), what, least)
    case 'release':
      return printBook(await (await signIn()).post<BookStanding>(`/api/books/${what}/release`, {}))
    case 'override':
      return await askOverride(await signIn(), what, reason)
    case 'confirm':
      return await confirmOverride(await signIn(), what, rest[0])
    case 'rework':
      return await rework(await signIn(), what, rest)
    case 'export':
      if (out === undefined) throw new UsageError('--out is missing')
      return await writeExport(await signIn(), what, out)
    case 'verify':
      return await verify(what)
    // A command of its own. Drawing takes long to load, and nothing else needs it.
    case 'certificate': {
      if (out === undefined) throw new UsageError('--out is missing')
      const { saveCertificate } = await import('./certificate.ts')
      return await saveCertificate(await signIn(), what, out)
    }
    default:
      throw new UsageError(`unknown: audit ${verb}\n\n${AUDIT_USAGE}`)
  }
}

async function showBook(api: Api, bookId: string): Promise<number> {
  return printBook(await api.get<BookStanding>(`/api/books/${bookId}`))
}

function printBook({ title, state, lacks, audits, gate, overrides }: BookStanding): number {
  print(`${title}: ${state}`)
  for (const { what, count } of lacks) print(`  ${what}: ${count}`)
  for (const audit of audits) printAudit(audit)
  for (const { vi, en } of gate === undefined ? [] : gateInWords(gate)) print(`${vi}\n  ${en}`)
  for (const { overrideId, reason } of overrides) print(`override ${overrideId}: ${reason}`)
  return 0
}

async function askOverride(api: Api, bookId: string, reason: string | undefined): Promise<number> {
  if (reason === undefined) throw new UsageError('--reason is missing')
  const path = `/api/books/${bookId}/overrides`
  print((await api.post<{ overrideId: string }>(path, { reason })).overrideId)
  return 0
}

async function confirmOverride(
  api: Api,
  bookId: string,
  overrideId: string | undefined,
): Promise<number> {
  if (overrideId === undefined) throw new UsageError('ID is missing')
  const path = `/api/books/${bookId}/overrides/${overrideId}/confirm`
  return printBook(await api.post<BookStanding>(path, {}))
}

async function rework(api: Api, bookId: string, fields: readonly string[]): Promise<number> {
  const body = fields.length === 0 ? {} : { fields }
  printAudit(await api.post<Audit>(`/api/books/${bookId}/rework`, body))
  return 0
}

async function freeze(api: Api, bookId: string, least: string | undefined): Promise<number> {
  if (least !== undefined && !/^[1-9]\d{0,5}$/.test(least)) {
    throw new UsageError('--least is a number of fields')
  }
  const body = least === undefined ? {} : { least: Number(least) }
  printAudit(await api.post<Audit>(`/api/books/${bookId}/freeze`, body))
  return 0
}

function printAudit(audit: Audit): void {
  const { auditId, kind, look, drawn, keyed, decided, commitment, strata, ended } = audit
  print(`${auditId}  ${kind} ${look}: ${drawn} drawn, ${keyed} keyed, ${decided} decided`)
  print(`  commitment ${commitment}`)
  for (const { class: of, fields, drawn: n, target } of strata) {
    const found = ended?.figures.find((one) => one.class === of)
    const wrong = found === undefined ? '' : `, ${found.wrong} wrong in ${found.checked}`
    print(`  ${of}: ${n} of ${fields} fields, target ${target} in 10,000${wrong}`)
  }
}

async function writeExport(api: Api, auditId: string, out: string): Promise<number> {
  const exported = await readExport(api, auditId)
  await writeFile(out, `${JSON.stringify(exported)}\n`)
  print(`${out}: ${exported.cells.length} fields of ${exported.records.length} records`)
  return 0
}

const check = checkLeniently('an exported audit', AuditExport)

async function verify(file: string): Promise<number> {
  const findings = await verifyAudit(readAudit(await readFile(file, 'utf8'), file))
  for (const finding of findings) print(finding)
  if (findings.length === 0) print(`${file}: drawn as committed, counted as told`)
  return findings.length === 0 ? 0 : 1
}

function readAudit(text: string, file: string): AuditExport {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    throw new UsageError(`${file} is not JSON`)
  }
  return check(found) as AuditExport
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
