import { language } from './language.js'

/** What the gateway refused, in words for people. */
export class Refused extends Error {
  constructor(status, body) {
    super(body?.message?.[language.code] ?? `HTTP ${status}`)
    this.status = status
  }
}

/** Throws Refused, or the browser's TypeError when the gateway cannot be reached. */
export async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (response.status === 204) return undefined
  const answer = await response.json().catch(() => undefined)
  if (!response.ok) throw new Refused(response.status, answer)
  return answer
}
