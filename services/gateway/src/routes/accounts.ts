import { closed, NewAccount, Person } from '@songnhap/contracts'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import { createAccount, listAccounts } from '../accounts.ts'
import type { Access } from '../admission.ts'
import type { DB } from '../schema.gen.ts'
import type { TypedServer } from '../typed-server.ts'

const ADMINISTRATION: Access = ['administrator']

export function addAccountRoutes(server: TypedServer, db: Kysely<DB>): void {
  server.post(
    '/api/accounts',
    {
      config: { access: ADMINISTRATION },
      schema: { body: NewAccount, response: { 201: Person } },
    },
    async ({ body }, reply) => reply.code(201).send(await createAccount(db, body)),
  )

  server.get(
    '/api/accounts',
    {
      config: { access: ADMINISTRATION },
      schema: { response: { 200: closed({ accounts: Type.Array(Person) }) } },
    },
    async () => ({ accounts: await listAccounts(db) }),
  )
}
