/**
 * Goal: an instance that stops in order drops no question, while another one goes on.
 * Method: two connections that answer, a third that asks without a pause; one leaves, again and again.
 */
import { answer, type Bus, connectBus } from '@songnhap/bus'
import { closed, defineRequest } from '@songnhap/contracts'
import { testBus, testServers } from '@songnhap/testkit'
import { pino } from 'pino'
import { type Test, t } from 'tap'
import Type from 'typebox'

const LEAVES = 20
const ASKING_AT_ONCE = 20
const number = closed({ number: Type.Integer() })
const echoing = defineRequest('entry', 'number.echo.v1', number, number)

t.test('B7: an instance that leaves drops no question', async (t) => {
  const asker = await testBus(t)
  await join(t, asker)
  let asked = 0
  const leaving = new AbortController()
  const ask = async () => {
    while (!leaving.signal.aborted) {
      asked += 1
      const number = asked
      t.match(await asker.ask(echoing, { number }), { number })
    }
  }
  const asking = Promise.all(Array.from({ length: ASKING_AT_ONCE }, ask))
  const leave = async () => {
    for (let times = 0; times < LEAVES; times += 1) {
      const instance = await join(t, asker)
      const before = asked
      await asker.ask(echoing, { number: 0 })
      await instance.close()
      t.ok(asked > before, 'questions were asked meanwhile')
    }
    leaving.abort()
  }
  await Promise.all([asking, leave()])
})

/** One more instance of the service that answers. */
async function join(t: Test, { namespace }: Bus): Promise<Bus> {
  const { natsUrl } = await testServers(t)
  const log = pino({ level: 'silent' })
  const instance = await connectBus({ url: natsUrl, namespace, name: 'answering', log })
  t.teardown(() => instance.close())
  await instance.answer('entry', [answer(echoing, async (body) => body)])
  return instance
}
