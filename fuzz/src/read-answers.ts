import type { HttpAnswer } from './judge-answer.ts'

const SWITCHED = 101

/** The answers in what came over a line, one behind the other; undefined when it is no HTTP. */
export function readAnswers(heard: Buffer): HttpAnswer[] | undefined {
  const answers: HttpAnswer[] = []
  let rest = heard
  while (rest.length > 0) {
    const end = rest.indexOf('\r\n\r\n')
    if (end === -1) return undefined
    const headers = rest.subarray(0, end).toString('latin1')
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(headers)?.[1])
    if (Number.isNaN(status)) return undefined
    rest = rest.subarray(end + 4)
    // What follows are frames.
    if (status === SWITCHED) return [...answers, { status, headers, body: '' }]
    const length = lengthOf(headers, rest)
    const body = rest.subarray(0, length).toString()
    rest = rest.subarray(length)
    if (status >= 200) answers.push({ status, headers, body })
  }
  return answers
}

/** Without a length it goes to the end of the line. */
function lengthOf(headers: string, rest: Buffer): number {
  const named = /^content-length: (\d+)/im.exec(headers)?.[1]
  return named === undefined ? rest.length : Number(named)
}
