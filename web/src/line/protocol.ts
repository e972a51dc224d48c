/** Version 1 of the websocket's protocol; a type cannot say it, and the contract's value brings its schemas along. */
export const PROTOCOL = 1
