/**
 * Goal: no input, however broken, costs more than a refusal with a code.
 * Method: a whole installation as separate processes; input generated from the contracts and from
 * the gateway's own description is thrown at every door. `npm run fuzz` does the same for longer.
 */
import { findContracts } from '@songnhap/api-documents'
import { fuzzEnvironment, runFuzz } from '@songnhap/fuzz'
import type { Installation } from '@songnhap/local'
import { readOperations, testInstallation } from '@songnhap/testkit'
import { t } from 'tap'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

const INPUTS = 3_000
/** The same every time; `npm run fuzz` draws others. */
const SEED = 20_261_125

t.test(
  'S30, S31: hostile and broken input at every door is refused and changes nothing',
  async (t) => {
    const installation = await testInstallation(t, { environment: fuzzEnvironment() })

    const doors = await doorsOf(installation)
    const began = performance.now()
    const { inputs, counts, complaints } = await runFuzz({
      installation,
      folder: installation.folder,
      inputs: INPUTS,
      seed: SEED,
      report: () => {},
    })
    const seconds = Math.round((performance.now() - began) / 1000)
    t.comment(`seed ${SEED}: ${inputs} inputs at ${counts.size} doors in ${seconds} s`)
    t.same(complaints, [], 'nothing to complain about')
    t.ok(inputs >= INPUTS, 'all inputs were thrown')
    t.same([...counts.keys()].sort(), doors, 'every door was tried, and no other')
  },
)

/** What the installation and the contracts say that there is, and what stands beside them. */
async function doorsOf({ gatewayUrl }: Installation): Promise<string[]> {
  const { facts, requests, pushes } = findContracts()
  const producers = new Set(facts.map(({ contract }) => contract.producer))
  return [
    ...(await readOperations(gatewayUrl)).map(({ method, path }) => `${method} ${path}`),
    ...requests.map(({ contract }) => `bus ${contract.owner} ${contract.subject}`),
    ...pushes.map(({ contract }) => `push ${contract.subject}`),
    ...[...producers].map((producer) => `facts of ${producer}`),
    ...['facts of others', 'pokes', 'raw', 'websocket'],
  ].sort()
}
