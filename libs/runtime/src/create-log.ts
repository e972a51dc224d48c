import { Problem } from '@songnhap/contracts'
import { ContractBroken } from '@songnhap/contracts/check'
import { type DestinationStream, type LogFn, type Logger, pino } from 'pino'

const CAUSES_MAX = 3
const FRAMES_MAX = 8
/** What of an error may be logged besides its name: codes and places, no quoted data. */
const SAFE_FIELDS = ['code', 'constraint', 'table', 'column', 'schema', 'syscall', 'port'] as const

/** JSON lines, on standard output unless told otherwise. */
export function createLog(
  name: string,
  level: string,
  // By default pino writes behind the program's back, and a process that ends loses its last words.
  to: DestinationStream = pino.destination({ sync: true }),
): Logger {
  const hooks = { logMethod: addMessage }
  return pino({ name, level, serializers: { err: describeError }, hooks }, to)
}

/** Without a message of ours, pino would take the error's own, which may quote a value. */
function addMessage(this: Logger, args: Parameters<LogFn>, log: LogFn): void {
  const [first, ...rest] = args
  const fields: unknown = first instanceof Error ? { err: first } : first
  if (rest.length > 0 || typeof fields === 'string') log.call(this, fields, ...rest)
  else log.call(this, fields, 'no message')
}

/**
 * An error without its free text: PostgreSQL and JSON.parse quote the very values that were keyed.
 * Texts of our own errors name none, by rule, and are kept.
 */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error }
  const described: Record<string, unknown> = { name: error.name }
  for (const field of SAFE_FIELDS) {
    const value: unknown = Reflect.get(error, field)
    if (typeof value === 'string' || typeof value === 'number') described[field] = value
  }
  if (isOurs(error)) described['message'] = error.message
  described['stack'] = framesOf(error)
  if (error.cause !== undefined && depth < CAUSES_MAX) {
    described['cause'] = describeError(error.cause, depth + 1)
  }
  return described
}

/** The stack begins with the message, whose own lines could look like frames. */
function framesOf({ message, stack = '' }: Error): string[] {
  const start = stack.indexOf(message)
  if (start === -1) return []
  return stack
    .slice(start + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES_MAX)
}

function isOurs(error: Error): boolean {
  return error instanceof Problem || error instanceof ContractBroken || OUR_NAMES.has(error.name)
}

const OUR_NAMES = new Set(['SchemaUnknown', 'NotYet', 'NatsError'])
