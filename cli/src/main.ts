/** The `songnhap` command: what supervisors and administrators do from a shell. */
import { parseArgs } from 'node:util'
import { PROBLEMS, Problem } from '@songnhap/contracts'
import { ACCOUNTS_USAGE, accountsCommand } from './accounts.ts'
import { AUDIT_USAGE, auditCommand } from './audits.ts'
import {
  type NewBook,
  openBook,
  openCampaign,
  readLayouts,
  readPagesAhead,
  showCampaigns,
  showStuck,
} from './campaigns.ts'
import { connect } from './connect.ts'
import { replay, showDeadLetters } from './dead-letters.ts'
import { exportRecords } from './export-records.ts'
import { findGateway } from './find-gateway.ts'
import { OPERATORS_USAGE, showOperators } from './operators.ts'
import { PAIRS_USAGE, showPairs } from './pairs.ts'
import { recompare } from './recompare.ts'
import { REGISTRY_COMMANDS, REGISTRY_USAGE, registryCommand } from './registry-command.ts'
import { uploadFolder } from './upload-folder.ts'
import { UsageError } from './usage-error.ts'

const USAGE = `songnhap COMMAND [options]

  campaigns                                   campaigns and their books
  open-campaign --name NAME --form FORM.json  a new campaign; prints its id; --form NAME@VERSION for a
                                              form that is published; --pages-ahead N: how many pages a typist
                                              holds beside the one being typed (1 to 19; else 3); --yes: though
                                              there is a campaign of that name
  open-book --campaign ID --title TITLE       a new book; prints its id; --layout NAME: how its pages are printed,
                                              by the form; ODD,EVEN where they differ; none: like no
                                              layout of it (else: the form's first)
  upload FOLDER --book ID                     all files of a folder (or one), by name: JPEG, PNG, WebP, TIFF,
                                              PDF, HEIC, and ZIP of these; says why of each that
                                              cannot be taken; run again, it goes on where it was
  export --campaign ID --out FILE.csv         settled records, one line each, with the mark of every field
  stuck --campaign ID                         pages that nobody with an account may key or rule on
  recompare --campaign ID [--form FORM]       what comparing once more would change, by the rules of
                                              today, or by another version of the form (a file, or
                                              NAME@VERSION); changes nothing
  recompare ... --apply FINGERPRINT           change exactly what was listed, if nothing else would
                                              change by now; rulings stay as they are. With --form
                                              the campaign goes on with that version from now on
${OPERATORS_USAGE}
${AUDIT_USAGE}
${PAIRS_USAGE}
${ACCOUNTS_USAGE}
${REGISTRY_USAGE}
  dead-letters                                facts that a service could not apply, with reasons
  replay SERVICE ID                           apply a dead letter once more
  verify-ledger --database URL                walk the hash chain of every service's ledger; the
                                              address is in .songnhap/database-url after npm start

  compare FIRST SECOND                        compare two files that other tools exported (CSV, XLSX),
                                              without any server
      --form FORM.json  --key COLUMN  --page COLUMN  --out DIR  --json  --for-spreadsheet
      --encoding LABEL  --separator CHARACTER  --sheet NAME
  compare --entries FILE                      compare what the first two people of each cell typed, in one
                                              file with columns set (or none), item, annotator, field, value
      --rows '^(?<page>.+)r(?<row>\\d+)$'      an item's page and row: tells columns that slipped
      --truth FILE                            with columns item, field, value: tells how often each was right
      --dawid-skene                           and how often those are whom it is best to believe,
                                              beside what most people typed

  where the servers are somebody else's, as in containers (docs/operations.md):
  prepare FOLDER [--own FOLDER]... [--owner UID]   draw passwords, once, and write what each server
                                              and service is to know into a folder of its own
  migrate FOLDER                              bring the database up to date; before the services
  administrator FOLDER                        who the first administrator is, and the password
      --postgres HOST:PORT  --nats HOST:PORT  --nats-store FOLDER

  --url URL      the gateway (or SONGNHAP_URL; default: where npm start of this folder serves,
                 else http://127.0.0.1:8080)
  --login NAME   who you are (or SONGNHAP_LOGIN); the password comes from SONGNHAP_PASSWORD,
                 else it is asked for`

const { SONGNHAP_URL, SONGNHAP_LOGIN, SONGNHAP_PASSWORD, DATABASE_URL } = process.env

// Whoever reads only the first lines, as `head` does, has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

async function main(words: string[]): Promise<number> {
  const { values, positionals } = parse(words)
  const [command, ...operands] = positionals
  if (values.help === true || command === undefined) {
    process.stdout.write(`${USAGE}\n`)
    return command === undefined && values.help !== true ? 2 : 0
  }
  // Loaded only where they are needed: the database's client alone takes longer than a small comparison.
  if (command === 'compare') return await (await import('./compare.ts')).compare(operands, values)
  if (command === 'verify-ledger') {
    const { verifyLedgers } = await import('./verify-ledgers.ts')
    return await verifyLedgers(values.database ?? DATABASE_URL)
  }
  const folder = () => operand(operands, 0, 'FOLDER')
  const setUp = async () => await import('./set-up.ts')
  if (command === 'prepare') return (await setUp()).prepare(folder(), values)
  if (command === 'migrate') return await (await setUp()).migrate(folder(), values)
  if (command === 'administrator') return (await setUp()).showAdministrator(folder())

  const signIn = () =>
    connect({
      url: values.url ?? SONGNHAP_URL ?? findGateway(process.env['SONGNHAP_STATE']),
      login: values.login ?? SONGNHAP_LOGIN,
      password: SONGNHAP_PASSWORD,
    })
  if (REGISTRY_COMMANDS.has(command)) {
    return await registryCommand(command, operands, values)(signIn)
  }
  if (command === 'operators') return await showOperators(operands, values, signIn)
  if (command === 'audit') return await auditCommand(operands, values, signIn)
  if (command === 'certificate') return await auditCommand([command, ...operands], values, signIn)
  if (command === 'accounts') return await accountsCommand(operands, values)(signIn)
  switch (command) {
    case 'campaigns':
      return await showCampaigns(await signIn())
    case 'open-campaign':
      return await openCampaign(
        await signIn(),
        needed(values, 'name'),
        needed(values, 'form'),
        values.yes === true,
        readPagesAhead(values['pages-ahead']),
      )
    case 'open-book':
      return await openBook(await signIn(), bookOf(values))
    case 'upload':
      return await uploadFolder(await signIn(), folder(), needed(values, 'book'))
    case 'export': {
      const [campaign, out] = [needed(values, 'campaign'), needed(values, 'out')]
      return await exportRecords(await signIn(), campaign, out)
    }
    case 'pairs':
      return await showPairs(await signIn(), operand(operands, 0, 'CAMPAIGN'))
    case 'stuck':
      return await showStuck(await signIn(), needed(values, 'campaign'))
    case 'recompare':
      return await recompare(await signIn(), needed(values, 'campaign'), values)
    case 'dead-letters':
      return await showDeadLetters(await signIn())
    case 'replay':
      return await replay(
        await signIn(),
        operand(operands, 0, 'SERVICE'),
        operand(operands, 1, 'ID'),
      )
    default:
      throw new UsageError(`unknown command ${command}\n\n${USAGE}`)
  }
}

function parse(words: string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: {
        url: text,
        login: text,
        name: text,
        form: text,
        'pages-ahead': text,
        apply: text,
        campaign: text,
        title: text,
        layout: text,
        book: text,
        database: text,
        postgres: text,
        nats: text,
        'nats-store': text,
        owner: text,
        date: text,
        'label-vi': text,
        'label-en': text,
        on: text,
        level: text,
        'valid-from': text,
        'valid-to': text,
        source: text,
        predecessors: text,
        unmatched: text,
        yes: { type: 'boolean' },
        key: text,
        page: text,
        entries: text,
        rows: text,
        truth: text,
        'dawid-skene': { type: 'boolean' },
        out: text,
        least: text,
        reason: text,
        encoding: text,
        separator: text,
        sheet: text,
        json: { type: 'boolean' },
        csv: { type: 'boolean' },
        'for-spreadsheet': { type: 'boolean' },
        roles: text,
        lasting: { type: 'boolean' },
        own: { type: 'string', multiple: true },
        help: { type: 'boolean' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function needed<K extends string>(values: Partial<Record<K, unknown>>, name: K): string {
  const value = values[name]
  if (typeof value !== 'string') throw new UsageError(`--${name} is missing`)
  return value
}

function bookOf(values: Partial<Record<'campaign' | 'title' | 'layout', string>>): NewBook {
  const [campaignId, title] = [needed(values, 'campaign'), needed(values, 'title')]
  return { campaignId, title, layouts: readLayouts(values.layout) }
}

function operand(operands: readonly string[], index: number, name: string): string {
  const value = operands[index]
  if (value === undefined) throw new UsageError(`${name} is missing`)
  return value
}

function explain(error: unknown): string {
  if (!(error instanceof Problem)) return error instanceof Error ? error.message : String(error)
  const [, vi, en] = PROBLEMS[error.code]
  return [`${vi} / ${en}`, ...error.details].join('\n  ')
}
