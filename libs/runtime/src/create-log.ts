import { Problem } from '@songnhap/contracts'
import { ContractBroken } from '@songnhap/contracts/check'
import { type Logger, pino } from 'pino'

const CAUSES_MAX = 3
/** What of an error may be logged besides its name: codes and places, no quoted data. */
const SAFE_FIELDS = ['code', 'constraint', 'table', 'column', 'schema', 'syscall', 'port'] as const

/** JSON lines on standard output. */
export function createLog(name: string, level: string): Logger {
  return pino({ name, level, serializers: { err: describeError } })
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
  described['stack'] = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
  if (error.cause !== undefined && depth < CAUSES_MAX) {
    described['cause'] = describeError(error.cause, depth + 1)
  }
  return described
}

function isOurs(error: Error): boolean {
  return error instanceof Problem || error instanceof ContractBroken || OUR_NAMES.has(error.name)
}

const OUR_NAMES = new Set(['SchemaUnknown', 'NotYet', 'NatsError'])
