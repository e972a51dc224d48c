/** Job queues on the same PostgreSQL, one job at a time each, with nothing to do in a job. */
import type { Installation } from '@songnhap/local'
import { Logger, run, runMigrations } from 'graphile-worker'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { atOnce, type Side } from './dispatch-side.ts'

const DATABASE = 'queues'
const QUEUE = 'page'
const JOBS_AT_ONCE = 5_000

export async function createQueueDatabase({ databaseUrl }: Installation): Promise<string> {
  const server = new pg.Client(databaseUrl)
  await server.connect()
  await server.query(`create database ${DATABASE}`)
  await server.end()
  return Object.assign(new URL(databaseUrl), { pathname: `/${DATABASE}` }).href
}

export async function openPgBoss(
  connectionString: string,
  jobs: number,
  clients: number,
): Promise<Side> {
  const boss = new PgBoss({ connectionString, max: clients, supervise: false, schedule: false })
  await boss.start()
  await boss.createQueue(QUEUE)
  for (let made = 0; made < jobs; made += JOBS_AT_ONCE) {
    await boss.insert(
      QUEUE,
      Array.from({ length: JOBS_AT_ONCE }, (_, index) => ({ data: { page: made + index } })),
    )
  }
  return {
    name: 'pg-boss',
    turn: (milliseconds) =>
      atOnce(clients, milliseconds, async () => {
        const [job] = await boss.fetch(QUEUE)
        if (job === undefined) throw new Error('pg-boss has run out of jobs')
        await boss.complete(QUEUE, job.id)
      }),
    close: () => boss.stop({ graceful: false }),
  }
}

export async function openGraphileWorker(
  connectionString: string,
  jobs: number,
  clients: number,
): Promise<Side> {
  const logger = new Logger(() => () => {})
  const settings = { connectionString, maxPoolSize: clients + 2, logger }
  await runMigrations(settings)
  const database = new pg.Client(connectionString)
  await database.connect()
  for (let made = 0; made < jobs; made += JOBS_AT_ONCE) {
    await database.query(
      `select count(*) from graphile_worker.add_jobs(array(
         select json_populate_record(null::graphile_worker.job_spec,
           json_build_object('identifier', $1::text, 'payload', json_build_object('page', n)))
         from generate_series(1, $2::int) n))`,
      [QUEUE, JOBS_AT_ONCE],
    )
  }
  await database.query('vacuum analyze')
  await database.end()
  return {
    name: 'graphile-worker',
    async turn(milliseconds) {
      let done = 0
      const began = performance.now()
      const taskList = {
        [QUEUE]: async () => {
          done += 1
        },
      }
      const concurrency = clients
      const runner = await run({ ...settings, taskList, concurrency, noHandleSignals: true })
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      await runner.stop()
      return { done, seconds: (performance.now() - began) / 1000, latenciesMs: [] }
    },
    close: async () => {},
  }
}
