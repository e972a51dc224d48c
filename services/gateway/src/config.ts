import Type, { type Static } from 'typebox'

export const GatewayConfig = Type.Object({
  GATEWAY_HOST: Type.String({ default: '127.0.0.1' }),
  GATEWAY_PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8080 }),
  /** Where people's browsers load the app from, comma between; empty: this machine only. */
  PUBLIC_ORIGINS: Type.String({ default: '' }),
  /** Addresses or networks whose `X-Forwarded-For` is believed, comma between. */
  TRUSTED_PROXIES: Type.String({ default: '' }),
  IMAGES_FOLDER: Type.String({ minLength: 1 }),
  /** Created at start when there is no administrator yet. */
  FIRST_ADMINISTRATOR_LOGIN: Type.String({ default: '' }),
  FIRST_ADMINISTRATOR_PASSWORD: Type.String({ default: '' }),
  /** Since the last request; a session in use goes on. */
  SESSION_HOURS: Type.Integer({ minimum: 1, maximum: 24 * 31, default: 12 }),
  /** From one address in a minute; more only where very many people share one. */
  SIGN_IN_ATTEMPTS_MAX: Type.Integer({ minimum: 1, default: 60 }),
  /** How often a websocket client must say something. */
  HEARTBEAT_MS: Type.Integer({ minimum: 100, maximum: 600_000, default: 20_000 }),
})
export type GatewayConfig = Static<typeof GatewayConfig>

/** Which web origins may change something here. */
export function publicOrigins(config: GatewayConfig): string[] {
  const { GATEWAY_HOST: host, GATEWAY_PORT: port } = config
  const named = listOf(config.PUBLIC_ORIGINS)
  const all = [...new Set([host, 'localhost', '127.0.0.1'])].map((name) => `http://${name}:${port}`)
  // As browsers write them: without a port that goes without saying, and without a slash.
  return (named.length > 0 ? named : all).map((address) => new URL(address).origin)
}

export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
