/** Goal: a service runs on exactly the schema it knows, and sees no other. Method: real roles. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkSchema, migrateService, openDatabase } from '@songnhap/database'
import { sql } from 'kysely'
import { t } from 'tap'
import { MIGRATIONS, testNotes } from './fixtures/notes.ts'

const NOTES = fileURLToPath(MIGRATIONS)
const NEWER = fileURLToPath(new URL('./fixtures/newer/', import.meta.url))
const PASSWORD = 'for tests only'

t.test('L20: a schema with exactly the known migrations is accepted', async (t) => {
  const { db } = await testNotes(t)
  await t.resolves(checkSchema(db, NOTES, 'intake'))
})

t.test('L20: a schema that lacks a migration is refused by name', async (t) => {
  const { db } = await testNotes(t)
  await t.rejects(checkSchema(db, NEWER, 'intake'), {
    name: 'SchemaUnknown',
    message: 'schema intake lacks 0002_authors: run the migrations of this version first',
  })
})

t.test('L20: a schema that a newer version migrated is refused', async (t) => {
  const { db, adminUrl } = await testNotes(t)
  await migrateService({ adminUrl, schema: 'intake', password: PASSWORD, folder: NEWER })
  await t.rejects(checkSchema(db, NOTES, 'intake'), {
    name: 'SchemaUnknown',
    message: /has 0002_authors, made by a newer version/,
  })
})

t.test('L20: a schema that was never migrated is refused, not waited for', async (t) => {
  const { url } = await testNotes(t)
  const db = openDatabase(url, 'entry')
  t.teardown(() => db.destroy())
  await t.rejects(checkSchema(db, NOTES, 'entry'), { name: 'SchemaUnknown', message: /lacks 0000/ })
})

t.test('L21: migrating again applies nothing', async (t) => {
  const { adminUrl } = await testNotes(t)
  const again = { adminUrl, schema: 'intake', password: PASSWORD, folder: NOTES }
  t.same(await migrateService(again), { applied: [] })
})

t.test('L21: a migration that sorts before applied ones is applied', async (t) => {
  const { adminUrl } = await testNotes(t)
  const folder = await mkdtemp(join(tmpdir(), 'songnhap-migrations-'))
  t.teardown(() => rm(folder, { recursive: true }))
  await cp(NOTES, folder, { recursive: true })
  await writeFile(join(folder, '0000_zz_later.sql'), 'create table later (a int);')
  const service = { adminUrl, schema: 'intake', password: PASSWORD, folder }
  t.same(await migrateService(service), { applied: ['0000_zz_later'] })
})

t.test('L21: several may migrate at once, in one database and in several', async (t) => {
  const databases = await Promise.all([1, 2, 3, 4].map(() => testNotes(t, 'entry')))
  const again = [...databases, ...databases].map(({ adminUrl }) =>
    migrateService({ adminUrl, schema: 'entry', password: PASSWORD, folder: NEWER }),
  )
  const applied = (await Promise.all(again)).flatMap((result) => result.applied)
  t.same(applied, Array(4).fill('0002_authors'))
})

t.test('L22: a service reads and writes its own schema and no other', async (t) => {
  const { db, adminUrl } = await testNotes(t, 'entry')
  await migrateService({ adminUrl, schema: 'reconcile', password: PASSWORD, folder: NOTES })
  await t.resolves(sql`select * from entry.fact`.execute(db))
  for (const statement of [
    'select * from reconcile.fact',
    'insert into reconcile.note (number) values (1)',
    'create table public.mine (a int)',
    'create schema mine',
    'set role songnhap_reconcile',
    "alter role songnhap_reconcile password 'x'",
    'create role mine',
    "copy note from program 'true'",
  ]) {
    await t.rejects(sql.raw(statement).execute(db), { code: '42501' }, statement)
  }
})
