import type { Json } from './schema-writer.ts'

/** What one description adds to the document. */
export interface Described {
  readonly channels: Readonly<Record<string, Channel>>
  readonly operations: Readonly<Record<string, Json>>
}

export interface Channel extends Json {
  readonly messages: Readonly<Record<string, Json>>
}

export interface Operation {
  readonly action: 'send' | 'receive'
  readonly channel: string
  /** All messages of the channel where none is named. */
  readonly messages?: readonly string[]
  readonly summary?: string | undefined
  readonly rest?: Json
}

/** A message as others know it: `name` is what its sender calls it. */
export function messageOf(name: string, words: string | undefined, payload: Json, rest: Json = {}) {
  return { name, ...(words === undefined ? {} : { summary: words }), payload, ...rest }
}

export function operationOf({ action, channel, messages, summary, rest }: Operation): Json {
  return {
    action,
    channel: { $ref: `#/channels/${channel}` },
    ...(summary === undefined ? {} : { summary }),
    ...(messages === undefined
      ? {}
      : { messages: messages.map((name) => toMessage(channel, name)) }),
    ...rest,
  }
}

/** By what messages of what channel an operation is answered. */
export function replyOn(channel: string, messages: readonly string[]): Json {
  return {
    channel: { $ref: `#/channels/${channel}` },
    messages: messages.map((name) => toMessage(channel, name)),
  }
}

function toMessage(channel: string, name: string): Json {
  return { $ref: `#/channels/${channel}/messages/${name}` }
}
