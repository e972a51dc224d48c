import { ErrorCode, NatsError } from 'nats'

/** True for what the client refuses to send because the server takes no message of that size. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof NatsError && error.code === ErrorCode.MaxPayloadExceeded
}
