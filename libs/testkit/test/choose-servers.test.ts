/** Goal: tests find servers wherever there are any, and fail where there are none. */
import fc from 'fast-check'
import { t } from 'tap'
import { chooseServers } from '../src/choose-servers.ts'
import { namedServers } from '../src/named-servers.ts'
import type { ServerProvider } from '../src/server-provider.ts'

const NAMES = ['urls', 'local', 'containers'] as const

t.test('S20: the first way that is open is taken, and no later one is tried', async (t) => {
  const ways = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean())
  await fc.assert(
    fc.asyncProperty(ways, async (open) => {
      const tried: string[] = []
      const providers = NAMES.map((name, index) => provider(name, open[index] === true, tried))
      const first = open.indexOf(true)
      const chosen = chooseServers(providers, undefined, () => {})
      if (first === -1)
        await t.rejects(chosen, { message: /urls: no urls\n.*local.*\n.*containers/ })
      else t.equal((await chosen).natsUrl, NAMES[first])
      t.same(tried, first === -1 ? NAMES : NAMES.slice(0, first + 1))
    }),
  )
})

t.test('S20: a forced way is the only one, and an unknown one is refused', async (t) => {
  const tried: string[] = []
  const providers = NAMES.map((name) => provider(name, name !== 'local', tried))
  t.equal((await chooseServers(providers, 'containers', () => {})).natsUrl, 'containers')
  t.same(tried, ['containers'])
  await t.rejects(
    chooseServers(providers, 'local', () => {}),
    { message: /no local/ },
  )
  await t.rejects(
    chooseServers(providers, 'docker', () => {}),
    {
      message: 'TEST_SERVERS is one of urls, local, containers, not "docker"',
    },
  )
})

t.test('a way that fails is a failure, not a reason to go on to the next', async (t) => {
  const failing = { name: 'local', start: () => Promise.reject(new Error('disk full')) }
  const chosen = chooseServers([failing, provider('containers', true, [])], undefined, () => {})
  await t.rejects(chosen, { message: 'disk full' })
})

t.test('servers named in the environment are named both, or not at all', async (t) => {
  const both = { TEST_POSTGRES_URL: 'postgres://here', TEST_NATS_URL: 'nats://here' }
  t.match(await namedServers(both).start(() => {}), { natsUrl: 'nats://here' })
  const one = { TEST_NATS_URL: 'nats://here' }
  t.match(await namedServers(one).start(() => {}), { closedBecause: /set both/ })
})

function provider(name: string, open: boolean, tried: string[]): ServerProvider {
  return {
    name,
    async start() {
      tried.push(name)
      if (!open) return { closedBecause: `no ${name}` }
      return { postgresUrl: name, natsUrl: name, stop: async () => {} }
    },
  }
}
