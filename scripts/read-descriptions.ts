import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './run-command.ts'

const SOURCES = 'libs/contracts/src/**/*.ts'
/** Where the parts of a contract stand among the arguments of what defines it. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  defineFact: ['', '', 'body'],
  defineRequest: ['', '', 'request', 'reply'],
  definePush: ['', 'body'],
}

/**
 * The comments in front of what the contracts export and of its properties, by path: `submitEntry`,
 * `submitEntry.request.capacity`, `ClientMessage.hello.holding`.
 */
export function readDescriptions(): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const file of globSync(SOURCES, { cwd: ROOT }).sort()) {
    const text = readFileSync(join(ROOT, file), 'utf8')
    readFile(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), found)
  }
  return found
}

function readFile(source: ts.SourceFile, found: Map<string, string>): void {
  const visit = (node: ts.Node): void => {
    const words = wordsBefore(node)
    if (words !== '') found.set(pathOf(node).join('.'), words)
    ts.forEachChild(node, visit)
  }
  for (const statement of source.statements) if (isExported(statement)) visit(statement)
}

function isExported(statement: ts.Statement): boolean {
  return (
    (ts.isVariableStatement(statement) || ts.isFunctionDeclaration(statement)) &&
    statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
  )
}

function wordsBefore(node: ts.Node): string {
  if (!ts.isPropertyAssignment(node) && !ts.isVariableStatement(node)) return ''
  return ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
    .join('\n')
    .replaceAll(/\s*\n\s*/g, ' ')
}

/** From the exported name down to this node. */
function pathOf(node: ts.Node): string[] {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.map(({ name }) => name.getText())
  }
  if (ts.isSourceFile(node)) return []
  return [...pathOf(node.parent), ...stepTo(node)]
}

function stepTo(node: ts.Node): string[] {
  if (ts.isPropertyAssignment(node)) return [node.name.getText()]
  if (ts.isFunctionDeclaration(node)) return [node.name?.getText() ?? '']
  const call = node.parent
  if (!ts.isCallExpression(call) || !ts.isExpression(node)) return []
  const callee = call.expression.getText()
  // A message of the websocket: its type, then its fields.
  if (callee === 'message') return call.arguments[1] === node ? [textOf(call.arguments[0])] : []
  const part = PARTS[callee]?.[call.arguments.indexOf(node)] ?? ''
  return part === '' ? [] : [part]
}

function textOf(node: ts.Node | undefined): string {
  return node !== undefined && ts.isStringLiteral(node) ? node.text : ''
}
