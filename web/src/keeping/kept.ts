import type { Cupboard } from './open-cupboard.ts'
import type { Seal, Sealed } from './seal.ts'

/** What a person keeps on this computer, each kind in its room. */
type Room = 'draft' | 'rulings' | 'outbox' | 'page' | 'form' | 'image' | 'setting'

/** Written in one transaction: a page that is finished leaves the drafts as it enters the outbox. */
export interface Change {
  readonly put?: readonly { room: Room; id: string; value: unknown }[]
  readonly remove?: readonly { room: Room; id: string }[]
}

/** One person's part of the cupboard: sealed, and durable when a promise resolves. */
export interface Kept {
  change(change: Change): Promise<void>
  get<T>(room: Room, id: string): Promise<T | undefined>
  /** Everything in a room, without what does not open any more; `broken` counts that. */
  all<T>(room: Room): Promise<{ values: T[]; broken: number }>
  putBytes(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  getBytes(id: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Everything that is kept for this person, and nothing of others. */
  clear(): Promise<void>
}

/** Survives a power cut: the browser's default may leave the last seconds in memory. */
const DURABLE = { durability: 'strict' } as const

export function openKept(cupboard: Cupboard, locker: string, seal: Seal): Kept {
  const keyOf = async (room: Room, id: string) =>
    [locker, room, await seal.hide(`${room} ${id}`)] satisfies [string, string, string]
  const within = (room?: Room) =>
    room === undefined
      ? IDBKeyRange.bound([locker], [locker, []])
      : IDBKeyRange.bound([locker, room], [locker, room, []])

  async function closed(room: Room, id: string, content: Uint8Array<ArrayBuffer>) {
    const key = await keyOf(room, id)
    return { key, sealed: await seal.close(key.join(' '), content) }
  }
  async function opened(key: readonly string[], sealed: Sealed | undefined) {
    return sealed === undefined ? undefined : await seal.open(key.join(' '), sealed)
  }

  return {
    async change({ put = [], remove = [] }) {
      const puts = await Promise.all(
        put.map(({ room, id, value }) => closed(room, id, jsonBytes(value))),
      )
      const removals = await Promise.all(remove.map(({ room, id }) => keyOf(room, id)))
      // Nothing else may be awaited from here on, or the transaction closes by itself.
      const transaction = cupboard.transaction('things', 'readwrite', DURABLE)
      const things = transaction.objectStore('things')
      await Promise.all([
        ...puts.map(({ key, sealed }) => things.put(sealed, key)),
        ...removals.map((key) => things.delete(key)),
        transaction.done,
      ])
    },
    async get<T>(room: Room, id: string) {
      const key = await keyOf(room, id)
      const content = await opened(key, await cupboard.get('things', key))
      return content === undefined ? undefined : readJson<T>(content)
    },
    async all<T>(room: Room) {
      const transaction = cupboard.transaction('things')
      const [keys, sealed] = await Promise.all([
        transaction.store.getAllKeys(within(room)),
        transaction.store.getAll(within(room)),
      ])
      const contents = await Promise.all(keys.map((key, index) => opened(key, sealed[index])))
      const values = contents.flatMap((content) =>
        content === undefined ? [] : [readJson<T>(content)],
      )
      return { values, broken: keys.length - values.length }
    },
    async putBytes(id, bytes) {
      const { key, sealed } = await closed('image', id, bytes)
      await cupboard.put('things', sealed, key)
    },
    async getBytes(id) {
      const key = await keyOf('image', id)
      return await opened(key, await cupboard.get('things', key))
    },
    async clear() {
      await cupboard.delete('things', within())
    },
  }
}

function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value))
}

function readJson<T>(content: Uint8Array<ArrayBuffer>): T {
  return JSON.parse(new TextDecoder().decode(content)) as T
}
