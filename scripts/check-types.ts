/**
 * Types are right, as `tsc` says it, and no promise is started and forgotten: a statement that is an
 * expression must not be a promise, or anything else that can be awaited (a query of Kysely's, say).
 * Biome's rule sees only some of them; this one asks the compiler for the type. Both in one program:
 * to read and to check everything takes most of the time.
 */
import ts from 'typescript'
import { ROOT } from './run-command.ts'

const FILES_MIN = 60

/** Complaints, one a line; empty when there are none. */
function checkTypes(): string {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} }
  const config = ts.getParsedCommandLineOfConfigFile(`${ROOT}/tsconfig.json`, {}, host)
  const program = ts.createProgram(config?.fileNames ?? [], config?.options ?? {})
  const files = program.getSourceFiles().filter((file) => !file.fileName.includes('node_modules'))
  if (files.length < FILES_MIN) return `only ${files.length} source files were read`
  const wrong = [...(config?.errors ?? []), ...ts.getPreEmitDiagnostics(program)]
  const checker = program.getTypeChecker()
  return [
    ...wrong.map((diagnostic) => ts.formatDiagnostic(diagnostic, NAMES).trimEnd()),
    ...files.flatMap((file) => floatingIn(file, checker)),
  ].join('\n')
}

const NAMES: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => ROOT,
  getCanonicalFileName: (name) => name,
  getNewLine: () => '\n',
}

function floatingIn(file: ts.SourceFile, checker: ts.TypeChecker): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isExpressionStatement(node) && isAwaitable(node.expression, checker)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart())
      found.push(`${file.fileName.slice(ROOT.length)}:${line + 1}: a promise nobody waits for`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** Awaitable by their makers' wish, yet meant to stand alone: a reply of Fastify's, a subtest. */
const NEED_NO_WAIT = new Set(['FastifyReply'])
const SUBTEST = /^t\.test$/

/** `void promise` says that it is meant; an assignment keeps the promise for later. */
function isAwaitable(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  if (ts.isVoidExpression(expression) || ts.isAwaitExpression(expression)) return false
  if (ts.isBinaryExpression(expression)) return false
  if (ts.isCallExpression(expression) && SUBTEST.test(expression.expression.getText())) return false
  const type = checker.getTypeAtLocation(expression)
  const parts = type.isUnion() ? type.types : [type]
  return parts.some(
    (part) =>
      !NEED_NO_WAIT.has(part.getSymbol()?.getName() ?? '') &&
      (part.getProperty('then') !== undefined || part.getProperty('execute') !== undefined),
  )
}

const complaints = checkTypes()
if (complaints !== '') {
  console.log(complaints)
  process.exitCode = 1
}
