/** Everything a person leaves on this computer is sealed with a key that only this person can get. */

const SALT = new TextEncoder().encode('songnhap keeping v1')
const IV_BYTES = 12
const KEY_BITS = 256

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly bytes: ArrayBuffer
}

export interface Seal {
  /** The place is bound in: a sealed thing moved to another place does not open. */
  close(place: string, content: Uint8Array<ArrayBuffer>): Promise<Sealed>
  /** Undefined for what another key or another place sealed, or what was damaged. */
  open(place: string, sealed: Sealed): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** A name that tells nothing to whoever has not the key. */
  hide(name: string): Promise<string>
}

/** Two keys of one: one seals, one hides names. */
export async function sealWith(secret: Uint8Array<ArrayBuffer>): Promise<Seal> {
  const root = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const derive = (info: string, to: AesKeyGenParams | HmacKeyGenParams, uses: KeyUsage[]) =>
    crypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt: SALT, info: new TextEncoder().encode(info) },
      root,
      to,
      false,
      uses,
    )
  const aes = await derive('seal', { name: 'AES-GCM', length: KEY_BITS }, ['encrypt', 'decrypt'])
  const hmac = await derive('hide', { name: 'HMAC', hash: 'SHA-256', length: KEY_BITS }, ['sign'])
  return {
    async close(place, content) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      return { iv, bytes: await crypto.subtle.encrypt(boundTo(place, iv), aes, content) }
    },
    async open(place, { iv, bytes }) {
      try {
        return new Uint8Array(await crypto.subtle.decrypt(boundTo(place, iv), aes, bytes))
      } catch (error) {
        if (error instanceof DOMException && error.name === 'OperationError') return undefined
        throw error
      }
    },
    async hide(name) {
      const mac = await crypto.subtle.sign('HMAC', hmac, new TextEncoder().encode(name))
      return toBase64Url(new Uint8Array(mac))
    },
  }
}

function boundTo(place: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(place) }
}

export function toBase64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}
