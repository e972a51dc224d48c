import { PROBLEMS, ProblemBody, type ProblemCode } from '@songnhap/contracts'
import { checkStrictly } from '@songnhap/contracts/check'
import { findCanary } from './canary.ts'

const checkProblem = checkStrictly('a problem', ProblemBody)

/** What came back over HTTP. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: string
  readonly body: string
}

/** Something that must never happen did. */
export class Violation extends Error {
  constructor(what: string) {
    super(what)
    this.name = 'Violation'
  }
}

/** The code of an answer: `OK`, or that of a refusal, which must be whole and repeat nothing. */
export function judgeAnswer(answer: HttpAnswer, mustRefuse: boolean): string {
  const { status, headers, body } = answer
  if (status < 400) {
    if (mustRefuse) throw new Violation(`what breaks its contract was answered with ${status}`)
    return 'OK'
  }
  const said = findCanary(headers + body)
  if (said !== undefined) throw new Violation(`a refusal repeats what was sent: ${said}`)
  const code = judgeProblem(body)
  if (PROBLEMS[code][0] !== status) throw new Violation(`${code} came with status ${status}`)
  return code
}

/** The code of a refusal's body. */
export function judgeProblem(body: string): ProblemCode {
  const { code } = checkProblem(parse(body))
  if (!isProblemCode(code)) throw new Violation(`an unknown code: ${code}`)
  if (code === 'INTERNAL') throw new Violation('INTERNAL')
  return code
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new Violation(`a refusal without a code: ${JSON.stringify(body.slice(0, 200))}`)
  }
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code)
}
