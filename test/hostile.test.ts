/**
 * Goal: no input, however broken, costs more than a refusal with a code.
 * Method: a whole installation as separate processes; input generated from the contracts and from
 * the gateway's own description is thrown at every door. `npm run fuzz` does the same for longer.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fuzzEnvironment, runFuzz } from '@songnhap/fuzz'
import { startInstallation } from '@songnhap/local'
import { t } from 'tap'

// Servers are not in our process group: on Ctrl-C an ordinary exit takes them along.
process.once('SIGINT', () => process.exit(130))

const INPUTS_A_SEED = 5_000
const SEED_MAX = 2 ** 31
/** The same every time, and one that is new. */
const SEEDS = [20_261_125, Math.floor(Math.random() * SEED_MAX)]
const DOORS_MIN = 70

t.test(
  'S30, S31: hostile and broken input at every door is refused and changes nothing',
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'songnhap-hostile-'))
    t.teardown(() => rm(folder, { recursive: true, force: true }))
    const installation = await startInstallation({
      folder,
      durable: false,
      report: () => {},
      environment: fuzzEnvironment(),
    })
    t.teardown(() => installation.stop())

    for (const seed of SEEDS) {
      const began = performance.now()
      const { inputs, counts, complaints } = await runFuzz({
        installation,
        folder,
        inputs: INPUTS_A_SEED,
        seed,
        report: () => {},
      })
      const seconds = Math.round((performance.now() - began) / 1000)
      t.comment(`seed ${seed}: ${inputs} inputs at ${counts.size} doors in ${seconds} s`)
      t.same(complaints, [], `nothing to complain about with seed ${seed}`)
      t.ok(inputs >= INPUTS_A_SEED, 'all inputs were thrown')
      t.ok(counts.size >= DOORS_MIN, 'every door was found')
    }
  },
)
