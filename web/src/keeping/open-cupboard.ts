import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Sealed } from './seal.ts'

/** What is in a cupboard: for each person a locker, and what he or she put into it. */
interface Shelves extends DBSchema {
  lockers: { key: string; value: Locker }
  things: { key: [locker: string, room: string, id: string]; value: Sealed }
}
export type Cupboard = IDBPDatabase<Shelves>

/** The person's secret, locked with the password, for signing in without a network. */
interface Locker {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly iterations: number
  readonly secret: Sealed
  /** Who this is, sealed with the secret. */
  readonly person: Sealed
  /** The secret once more while the person is signed in, sealed with a key that the browser forgets. */
  readonly heldOpen?: Sealed
}

const NAME = 'songnhap'
const VERSION = 1

/** The database of this browser. There is one for all who work at this computer. */
export function openCupboard(): Promise<Cupboard> {
  return openDB<Shelves>(NAME, VERSION, {
    upgrade(cupboard) {
      cupboard.createObjectStore('lockers')
      cupboard.createObjectStore('things')
    },
    // Another tab has a newer app: let it change the database, this one opens again when needed.
    blocking: (_from, _to, event) => {
      if (event.target instanceof IDBDatabase) event.target.close()
    },
  })
}
