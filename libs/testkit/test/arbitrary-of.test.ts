/**
 * Goal: what is made from a contract is what that contract takes, and what is made hostile mostly is
 * not; else the hostile tests would test nothing. For every contract there is.
 */
import { findContracts } from '@songnhap/api-documents'
import { SubmitEntryBody } from '@songnhap/contracts'
import { checkStrictly } from '@songnhap/contracts/check'
import { arbitraryOf, hostileText, type JsonSchema } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'

const VALUES_PER_SCHEMA = 25
const SCHEMAS_MIN = 60
const REFUSED_SHARE_MIN = 0.5

const CONTRACTS = allSchemas().map(([name, schema]) => ({
  schema,
  check: checkStrictly(name, schema),
}))

t.test('every value made from a contract passes its strict check', async (t) => {
  for (const { schema, check } of CONTRACTS) {
    const property = fc.property(arbitraryOf(schema, { canary: 'zqxjkv' }), (value) => {
      check(JSON.parse(JSON.stringify(value)))
    })
    fc.assert(property, { numRuns: VALUES_PER_SCHEMA })
  }
  t.ok(CONTRACTS.length >= SCHEMAS_MIN, `${CONTRACTS.length} schemas were tried`)
})

t.test('most of what is made hostile is refused', async (t) => {
  let refused = 0
  let made = 0
  for (const { schema, check } of CONTRACTS) {
    for (const text of fc.sample(hostileText(schema), VALUES_PER_SCHEMA)) {
      made++
      if (!passes(() => check(JSON.parse(text.toString())))) refused++
    }
  }
  t.ok(refused / made > REFUSED_SHARE_MIN, `${refused} of ${made} break their contract`)
})

t.test('the canary stands in every free text, and named ids are used', async (t) => {
  const [id] = fc.sample(fc.uuid(), 1)
  const made = fc.sample(arbitraryOf(SubmitEntryBody, { canary: 'zqxjkv', ids: [id ?? ''] }), 100)
  const texts = made.map((value) => JSON.stringify(value))
  t.ok(texts.some((text) => text.includes('"value":"zqxjkv')))
  t.notOk(texts.some((text) => /"value":"(?!zqxjkv)/.test(text)))
  t.ok(texts.some((text) => text.includes(`"leaseToken":"${id}"`)))
})

/** Everything the contracts export that is a schema, or has schemas: requests, facts, pushes. */
function allSchemas(): [string, JsonSchema][] {
  const { facts, requests, pushes, schemas } = findContracts()
  return [
    ...[...facts, ...pushes].map(({ name, contract }): [string, JsonSchema] => [
      `${name}.body`,
      asJson(contract.body),
    ]),
    ...requests.flatMap(({ name, contract }): [string, JsonSchema][] => [
      [`${name}.request`, asJson(contract.request)],
      [`${name}.reply`, asJson(contract.reply)],
    ]),
    ...schemas.map(({ name, contract }): [string, JsonSchema] => [name, asJson(contract)]),
  ]
}

function asJson(schema: object): JsonSchema {
  return { ...schema }
}

function passes(check: () => unknown): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}
