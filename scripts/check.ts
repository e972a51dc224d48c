/** `npm run check`: every static check, each as a line; those that fail say why below it. */
import { SERVICES } from '@songnhap/contracts'
import { checkSpec } from './check-spec.ts'
import { checkStyle } from './check-style.ts'
import { checkTableTypes } from './check-table-types.ts'
import { checkWorkplaceSize } from './check-workplace-size.ts'
import { wordsOf } from './progress.ts'
import { type Ended, runCommand, runFile } from './run-command.ts'
import { withPostgres } from './with-postgres.ts'
import { checkApiDocuments } from './write-api-documents.ts'
import { checkFormSchema } from './write-form-schema.ts'
import { checkLessons } from './write-lessons.ts'

/** Below it the check has not read the sources and would pass by seeing nothing. */
const MODULES_MIN = 60
const FOLDERS = [
  'libs',
  'services',
  'cli',
  'demo',
  'fuzz',
  'samples',
  'scripts',
  'test',
  'bench',
  'web',
]

interface StaticCheck {
  readonly name: string
  /** What is wrong; empty when nothing is. */
  readonly run: () => Promise<string> | string
}

const CHECKS: readonly StaticCheck[] = [
  {
    name: 'format and lint (biome)',
    run: async () => complaintOf(await runCommand('@biomejs/biome/bin/biome', ['check', '.'])),
  },
  {
    name: 'types, no forgotten promise (check-types)',
    run: async () => complaintOf(await runFile('scripts/check-types.ts', [])),
  },
  {
    name: 'types of the workplace (svelte-check)',
    run: async () =>
      complaintOf(
        await runCommand('svelte-check/bin/svelte-check', [
          '--workspace',
          'web',
          '--tsconfig',
          './tsconfig.json',
          '--fail-on-warnings',
        ]),
      ),
  },
  { name: 'direction of dependencies (dependency-cruiser)', run: checkDependencies },
  {
    name: 'nothing unused (knip)',
    run: async () => complaintOf(await runCommand('knip/bin/knip.js', ['--no-config-hints'])),
  },
  {
    name: 'table types (kysely-codegen)',
    run: () => withPostgres((url) => checkTableTypes(url, { write: false, services: SERVICES })),
  },
  {
    name: 'API documents are fresh (write-api-documents)',
    run: () => checkApiDocuments({ write: false }),
  },
  {
    name: 'the schema of forms is fresh (write-form-schema)',
    run: () => checkFormSchema({ write: false }),
  },
  { name: 'the lessons are fresh (write-lessons)', run: () => checkLessons({ write: false }) },
  { name: 'sizes and names (check-style)', run: checkStyle },
  { name: 'size of the workplace (check-workplace-size)', run: checkWorkplaceSize },
  { name: 'rules and their tests (check-spec)', run: checkSpec },
]

/** All of them, whatever the others say; tells how many passed and failed. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  const results = await Promise.all(CHECKS.map(runOne))
  const passed = results.filter((ok) => ok).length
  return { passed, failed: results.length - passed }
}

async function runOne({ name, run }: StaticCheck): Promise<boolean> {
  const began = performance.now()
  const complaint = await Promise.resolve()
    .then(run)
    .catch((error: unknown) => `the check itself failed: ${wordsOf(error)}`)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${complaint === '' ? '✓' : '✗'} ${name}, ${seconds} s`)
  if (complaint !== '') console.log(indented(complaint))
  return complaint === ''
}

async function checkDependencies(): Promise<string> {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...FOLDERS]
  const ended = await runCommand('dependency-cruiser/bin/dependency-cruiser.mjs', args)
  const modules = Number(/(\d+) modules/.exec(ended.output)?.[1] ?? 0)
  if (ended.code === 0 && modules < MODULES_MIN) return `only ${modules} modules were read`
  return complaintOf(ended)
}

function complaintOf({ code, output }: Ended): string {
  return code === 0 ? '' : output.trim() || `ended with code ${code}`
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ')
}

async function main(): Promise<void> {
  const { failed } = await runChecks()
  if (failed > 0) process.exitCode = 1
}

if (import.meta.main) await main()
