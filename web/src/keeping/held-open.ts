import type { Person } from '@songnhap/contracts'
import { type OpenLocker, openLocker, sealPerson } from './lockers.ts'
import type { Cupboard } from './open-cupboard.ts'
import { fromBase64Url, toBase64Url } from './seal.ts'

/** Beside the cookie of the session (`SESSION_COOKIE`), and as long: neither outlives the browser. */
const COOKIE = '__Host-songnhap-open'
const KEY_BYTES = 32
const IV_BYTES = 12

/**
 * As long as the browser is signed in, a reload opens the locker without asking the gateway: the secret
 * lies in it once more, sealed with a key of its own, and this key lies where the session lies. Whoever
 * has that cookie could ask the gateway for the secret itself.
 */
export async function holdOpen(
  cupboard: Cupboard,
  person: Person,
  secret: Uint8Array<ArrayBuffer>,
): Promise<void> {
  // A browser without a cookie store asks the gateway, as after a restart.
  if (!('cookieStore' in window)) return
  await letShut(cupboard)
  const raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  const sealed = await sealPerson(person, secret)
  const locker = await cupboard.get('lockers', sealed.id)
  if (locker === undefined) return
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const bytes = await crypto.subtle.encrypt(boundTo(sealed.id, iv), await keyOf(raw), secret)
  const held = { ...locker, person: sealed.person, heldOpen: { iv, bytes } }
  await cupboard.put('lockers', held, sealed.id)
  await cookieStore.set({ name: COOKIE, value: toBase64Url(raw), path: '/', sameSite: 'strict' })
}

/** The locker of who is signed in, as this computer has it. */
export async function openHeld(cupboard: Cupboard): Promise<OpenLocker | undefined> {
  if (!('cookieStore' in window)) return undefined
  const cookie = await cookieStore.get(COOKIE)
  if (cookie?.value === undefined) return undefined
  const key = await keyOf(fromBase64Url(cookie.value))
  for (const id of await cupboard.getAllKeys('lockers')) {
    const locker = await cupboard.get('lockers', id)
    if (locker?.heldOpen === undefined) continue
    const { iv, bytes } = locker.heldOpen
    const secret = await crypto.subtle
      .decrypt(boundTo(id, iv), key, bytes)
      .catch((error: unknown) => {
        // Held open with another key, before the browser was started anew.
        if (error instanceof DOMException && error.name === 'OperationError') return undefined
        throw error
      })
    if (secret !== undefined) return await openLocker(cupboard, id, new Uint8Array(secret))
  }
  return undefined
}

/** From now on the gateway or the password is needed; nobody's locker is open on this computer. */
export async function letShut(cupboard: Cupboard): Promise<void> {
  if ('cookieStore' in window) await cookieStore.delete({ name: COOKIE, path: '/' })
  for (const id of await cupboard.getAllKeys('lockers')) {
    const locker = await cupboard.get('lockers', id)
    if (locker?.heldOpen === undefined) continue
    const { heldOpen: _gone, ...shut } = locker
    await cupboard.put('lockers', shut, id)
  }
}

async function keyOf(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

function boundTo(id: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(`${id} held open`) }
}
