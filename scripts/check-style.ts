/** The hard limits that Biome has no rule for: sizes of files and functions, names of files. */
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './run-command.ts'

const FILE_LINES_MAX = 300
const FUNCTION_LINES_MAX = 70
const LINE_LENGTH_MAX = 120
/** Rooms that fill with whatever has no name yet. */
const BANNED_NAMES = /^(utils?|helpers?|common|misc|types|interfaces)\.(ts|mjs|cjs)$/
const SOURCES = [
  '{libs,services,cli,demo,fuzz,samples,scripts,test,web,bench}/**/*.{ts,mjs,cjs,sql,svelte}',
  '*.{ts,mjs,cjs}',
]
const FILES_MIN = 60

/** Complaints about every source file of the repository, one a line. */
export function checkStyle(): string {
  const files = globSync(SOURCES, { cwd: ROOT, exclude: (name) => name === 'node_modules' })
  if (files.length < FILES_MIN) return `only ${files.length} source files were found`
  return files
    .filter((file) => !/\.gen\.ts$|node_modules|^web\/dist\//.test(file))
    .flatMap((file) => complaintsAbout(file, readFileSync(join(ROOT, file), 'utf8')))
    .join('\n')
}

export function complaintsAbout(file: string, text: string): string[] {
  const complaints: string[] = []
  const lines = text.replace(/\n$/, '').split('\n')
  if (BANNED_NAMES.test(basename(file))) {
    complaints.push(`${file}: a name that says nothing; name it after what it exports`)
  }
  if (lines.length > FILE_LINES_MAX) {
    complaints.push(`${file}: ${lines.length} lines, at most ${FILE_LINES_MAX}`)
  }
  for (const [index, line] of lines.entries()) {
    if ([...line].length > LINE_LENGTH_MAX) {
      complaints.push(`${file}:${index + 1}: longer than ${LINE_LENGTH_MAX} characters`)
    }
  }
  if (file.endsWith('.sql')) return complaints
  return [...complaints, ...longFunctions(file, file.endsWith('.svelte') ? scriptOf(text) : text)]
}

/** The script of a component, with its line numbers. */
function scriptOf(text: string): string {
  const [, before = '', script = ''] =
    /^([\s\S]*?<script[^>]*>)([\s\S]*?)<\/script>/.exec(text) ?? []
  return before.replace(/[^\n]/g, '') + script
}

function longFunctions(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const complaints: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && !isTestBody(file, node)) {
      const [first, last] = [node.getStart(), node.getEnd()].map(
        (place) => source.getLineAndCharacterOfPosition(place).line + 1,
      )
      const lines = (last ?? 0) - (first ?? 0) + 1
      if (lines > FUNCTION_LINES_MAX) {
        complaints.push(
          `${file}:${first}: a function of ${lines} lines, at most ${FUNCTION_LINES_MAX}`,
        )
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return complaints
}

/** The callback of a test at the top of its file is a chapter, not a function. */
function isTestBody(file: string, node: ts.Node): boolean {
  if (!file.endsWith('.test.ts') || !ts.isCallExpression(node.parent)) return false
  const statement = ts.isAwaitExpression(node.parent.parent)
    ? node.parent.parent.parent
    : node.parent.parent
  return ts.isExpressionStatement(statement) && ts.isSourceFile(statement.parent)
}

function main(): void {
  const complaints = checkStyle()
  if (complaints === '') return
  console.error(complaints)
  process.exitCode = 1
}

if (import.meta.main) main()
