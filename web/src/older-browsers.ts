/**
 * What Chromium of 2022 (100 to 110) does not have yet: all that the libraries named in tsconfig.json add
 * to ES2022, and of the browser's own what this app uses.
 */
const LONE_SURROGATE = /\p{Surrogate}/u
const LONE_SURROGATES = /\p{Surrogate}/gu

define(String.prototype, 'isWellFormed', function isWellFormed(this: string) {
  return !LONE_SURROGATE.test(this)
})
define(String.prototype, 'toWellFormed', function toWellFormed(this: string) {
  return this.replace(LONE_SURROGATES, '\ufffd')
})
define(Array.prototype, 'toSorted', function toSorted<
  T,
>(this: T[], compare?: (a: T, b: T) => number) {
  return [...this].sort(compare)
})
define(Array.prototype, 'toReversed', function toReversed<T>(this: T[]) {
  return [...this].reverse()
})
define(Array.prototype, 'toSpliced', function toSpliced<
  T,
>(this: T[], start: number, skip: number, ...items: T[]) {
  const copy = [...this]
  copy.splice(start, skip, ...items)
  return copy
})
define(Array.prototype, 'with', function replaced<T>(this: T[], index: number, item: T) {
  const copy = [...this]
  copy[index < 0 ? copy.length + index : index] = item
  return copy
})
define(AbortSignal, 'timeout', (milliseconds: number) => {
  const controller = new AbortController()
  const error = new DOMException('it took too long', 'TimeoutError')
  setTimeout(() => controller.abort(error), milliseconds)
  return controller.signal
})

function define(owner: object, name: string, value: unknown): void {
  if (!Object.hasOwn(owner, name)) {
    Object.defineProperty(owner, name, { value, writable: true, configurable: true })
  }
}
