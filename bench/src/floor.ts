/**
 * The floor: the rows that the pipeline stored, stored once more by a plain script: as fast as these
 * tables can be filled with documents that come from outside, a transaction for each thing that
 * happens to 64 pages, on two connections.
 */
import type pg from 'pg'
import type { PageRows, Producer, Row, Table } from './floor-rows.ts'
import type { Floor } from './open-floor.ts'

/** How many counts reconcile adds, about. */
const COUNTS_A_COMPARED_PAGE = 3
const COUNTS_A_SETTLED_PAGE = 7
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Seconds it takes to store these pages. */
export async function fillFloor(
  floor: Floor,
  pages: readonly PageRows[],
  batch: number,
  lanes: number,
): Promise<number> {
  const batches = Array.from({ length: Math.ceil(pages.length / batch) }, (_, index) =>
    pages.slice(index * batch, (index + 1) * batch),
  ).values()
  const began = performance.now()
  const carry = async () => {
    const connection = await floor.database.connect()
    try {
      for (const some of batches) await storeBatch(floor, connection, some)
    } finally {
      connection.release()
    }
  }
  await Promise.all(Array.from({ length: lanes }, carry))
  return (performance.now() - began) / 1000
}

/** One transaction for each thing that happens, in the order in which it happens to a page. */
async function storeBatch(
  floor: Floor,
  connection: pg.PoolClient,
  pages: readonly PageRows[],
): Promise<void> {
  const batch = { floor, connection, pages }
  const facts = (producer: Producer) => pages.flatMap((page) => page.facts(producer))
  await inTransaction(connection, () => relay(batch, 'intake', facts('intake')))
  await storeDispatch(batch, facts('entry'))
  await inTransaction(connection, () => relay(batch, 'entry', facts('entry')))
  await storeTruth(batch, facts('reconcile'))
  await inTransaction(connection, () => relay(batch, 'reconcile', facts('reconcile')))
}

interface Batch {
  readonly floor: Floor
  readonly connection: pg.PoolClient
  readonly pages: readonly PageRows[]
}

/** The first pass is claimed; keyed, and the second one claimed; keyed. */
async function storeDispatch(batch: Batch, facts: readonly Row[]): Promise<void> {
  const { connection, pages } = batch
  const half = Math.ceil(facts.length / 2)
  const key = async (pass: '1' | '2', some: readonly Row[]) => {
    await insert(batch, 'entry.entry', ({ pass: filled }) => filled === pass)
    await say(batch, 'entry', some)
    await count(connection, 'entry', pages.length)
  }
  await inTransaction(connection, async () => {
    await insert(batch, 'entry.page')
    await openPages(connection, pages)
    await count(connection, 'entry', pages.length)
  })
  await inTransaction(connection, () => claim(batch, '1'))
  await inTransaction(connection, async () => {
    await key('1', facts.slice(0, half))
    await keyFirst(connection, pages)
    await claim(batch, '2')
  })
  await inTransaction(connection, async () => {
    await key('2', facts.slice(half))
    await closePages(connection, pages)
  })
}

/** Read and compared, settled where nothing differs; the others given to an arbiter; ruled on. */
async function storeTruth(batch: Batch, facts: readonly Row[]): Promise<void> {
  const { connection, pages } = batch
  const ruled = new Set(rowsOf(pages, 'reconcile.ruling').map((row) => row['page_id'] ?? null))
  const isRuled = (row: Row) => ruled.has(row['page_id'] ?? null)
  const isEarly = (row: Row) => !isRuled(row) || row['kind'] === 'page.compared.v1'
  const settle = async (chosen: (row: Row) => boolean) => {
    await insert(batch, 'reconcile.settled_page', chosen)
    await insert(batch, 'reconcile.settled_record', chosen)
    const settled = rowsOf(pages, 'reconcile.settled_page').filter(chosen)
    await count(connection, 'reconcile', settled.length * COUNTS_A_SETTLED_PAGE)
  }
  await inTransaction(connection, () => insert(batch, 'reconcile.page'))
  await inTransaction(connection, async () => {
    await insert(batch, 'reconcile.reading')
    await insert(batch, 'reconcile.seen')
    await insert(batch, 'reconcile.comparison')
    await insert(batch, 'reconcile.question')
    await openArbitrations(connection, [...ruled])
    await settle((row) => !isRuled(row))
    await say(batch, 'reconcile', facts.filter(isEarly))
    await count(connection, 'reconcile', pages.length * COUNTS_A_COMPARED_PAGE)
  })
  await inTransaction(connection, () => insert(batch, 'reconcile.arbitration_lease'))
  await inTransaction(connection, async () => {
    await insert(batch, 'reconcile.ruling_submission')
    await insert(batch, 'reconcile.ruling')
    await settle(isRuled)
    await say(
      batch,
      'reconcile',
      facts.filter((row) => !isEarly(row)),
    )
    await closeArbitrations(connection, [...ruled])
  })
}

function rowsOf(pages: readonly PageRows[], table: Table): Row[] {
  return pages.flatMap((page) => page.table(table))
}

async function insert(
  { floor, connection, pages }: Batch,
  table: Table,
  chosen: (row: Row) => boolean = () => true,
): Promise<void> {
  await floor.insert(connection, table, rowsOf(pages, table).filter(chosen))
}

async function say({ floor, connection }: Batch, producer: Producer, facts: readonly Row[]) {
  await floor.insert(connection, `${producer}.fact`, facts)
  await floor.insert(connection, `${producer}.outbox`, facts)
}

async function inTransaction(connection: pg.PoolClient, work: () => Promise<unknown>) {
  await connection.query('begin')
  try {
    await work()
    await connection.query('commit')
  } catch (error) {
    await connection.query('rollback')
    throw error
  }
}

/** Positions given: out of the outbox, into the ledger. */
async function relay(
  { floor, connection }: Batch,
  producer: Producer,
  facts: readonly Row[],
): Promise<void> {
  await connection.query({
    name: `relay ${producer}`,
    text: `delete from ${producer}.outbox where fact_id = any ($1::bigint[])`,
    values: [facts.map((row) => row['fact_id'])],
  })
  await floor.insert(connection, `${producer}.ledger`, facts)
}

async function claim({ floor, connection, pages }: Batch, pass: '1' | '2'): Promise<void> {
  const leases = rowsOf(pages, 'entry.lease').filter((row) => row['pass'] === pass)
  await floor.insert(connection, 'entry.lease', leases)
  await connection.query({
    name: `claim ${pass}`,
    text: `update entry.open_page o
      set holder_${pass} = person, token_${pass} = token, until_${pass} = now() + interval '1 hour'
      from unnest($1::uuid[], $2::int[], $3::uuid[]) l (page, person, token)
      where o.page_id = l.page`,
    values: ['page_id', 'person_no', 'lease_token'].map((name) => leases.map((row) => row[name])),
  })
}

const forPages =
  (name: string, text: string) => (connection: pg.PoolClient, pages: readonly PageRows[]) =>
    connection.query({ name, text, values: [pages.map(({ pageId }) => pageId)] })

const openPages = forPages(
  'open pages',
  `insert into entry.open_page (page_id, book_id, lane, sequence, draw)
   select page_id, book_id, lane, sequence, draw
   from entry.page join entry.book using (book_id) join entry.campaign using (campaign_id)
   where page_id = any ($1::uuid[])`,
)
const keyFirst = forPages(
  'key the first pass',
  `update entry.open_page set token_1 = null, until_1 = null where page_id = any ($1::uuid[])`,
)
const closePages = forPages(
  'close pages',
  'delete from entry.open_page where page_id = any ($1::uuid[])',
)

async function openArbitrations(connection: pg.PoolClient, pageIds: readonly unknown[]) {
  await connection.query({
    name: 'open arbitrations',
    text: `insert into reconcile.open_arbitration (page_id, campaign_id)
      select page_id, campaign_id from reconcile.page where page_id = any ($1::uuid[])`,
    values: [pageIds],
  })
}

async function closeArbitrations(connection: pg.PoolClient, pageIds: readonly unknown[]) {
  await connection.query({
    name: 'close arbitrations',
    text: 'delete from reconcile.open_arbitration where page_id = any ($1::uuid[])',
    values: [pageIds],
  })
}

/** As many counts as the services add; what they count does not matter here. */
async function count(connection: pg.PoolClient, schema: 'entry' | 'reconcile', rows: number) {
  await connection.query({
    name: `count ${schema}`,
    text: `insert into ${schema}.tally_delta (scope, subject, field, measure, amount)
      select $1::uuid, $1::uuid, '', 'stored', 1 from generate_series(1, $2::int)`,
    values: [NOBODY, rows],
  })
}
