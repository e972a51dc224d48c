import { t } from 'tap'
import { limitConcurrency } from '../src/limit-concurrency.ts'

t.test('I11: so many tasks run at once, the others in order', async (t) => {
  const inTurn = limitConcurrency(2, 10)
  const order: number[] = []
  let running = 0
  let runningMost = 0
  const task = (id: number) => async () => {
    order.push(id)
    running += 1
    runningMost = Math.max(runningMost, running)
    await new Promise(setImmediate)
    running -= 1
    return id
  }
  t.same(await Promise.all([1, 2, 3, 4, 5].map((id) => inTurn(task(id)))), [1, 2, 3, 4, 5])
  t.same({ order, runningMost }, { order: [1, 2, 3, 4, 5], runningMost: 2 })
})

t.test('I11: a task too many is refused, a failed one gives its place on', async (t) => {
  const inTurn = limitConcurrency(1, 1)
  const fail = () => Promise.reject(new Error('damaged'))
  const failed = t.rejects(inTurn(fail), { message: 'damaged' })
  const waited = inTurn(async () => 'done')
  await t.rejects(
    inTurn(async () => 'too many'),
    { code: 'UNAVAILABLE' },
  )
  await failed
  t.equal(await waited, 'done')
  t.equal(await inTurn(async () => 'free again'), 'free again')
})
