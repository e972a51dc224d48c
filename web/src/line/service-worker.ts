/// <reference lib="webworker" />
/**
 * Lets the app start without a network. It holds the app's own files and nothing else: no page, no
 * picture and no answer of the API ever comes into a cache, where it would not be sealed.
 */
declare const self: ServiceWorkerGlobalScope
/** Written in by the build (vite.config.ts): the files of this version, and its name. */
declare const __SHELL__: { readonly version: string; readonly files: readonly string[] }

const HASHED = '/assets/'
const NAME = `songnhap ${__SHELL__.version}`
/** So that opening the app waits for no weak line: with one, a new version is there the next time. */
const START_MAX_MS = 500

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(NAME)
      // What is named after its content has just been loaded by the page, and comes from there.
      const requests = __SHELL__.files.map(
        (file) => new Request(file, { cache: file.startsWith(HASHED) ? 'default' : 'reload' }),
      )
      await cache.addAll(requests)
      await self.skipWaiting()
    })(),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      // The files of the version before stay for windows that are still open with it.
      const names = (await caches.keys()).filter((name) => name.startsWith('songnhap '))
      for (const name of names.slice(0, -2)) if (name !== NAME) await caches.delete(name)
      await self.clients.claim()
    })(),
  )
})

self.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method !== 'GET' || origin !== self.location.origin) return
  if (pathname === '/') event.respondWith(startPage(event.request))
  else if (pathname.startsWith(HASHED) || __SHELL__.files.includes(pathname)) {
    event.respondWith(fromCache(event.request))
  }
})

/** The newest app where the line is quick, else the one that is here. */
async function startPage(request: Request): Promise<Response> {
  const here = await caches.match('/')
  if (here === undefined) return await fetch(request)
  try {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), START_MAX_MS)
    const come = await fetch(request, { signal: patience.signal })
    clearTimeout(timer)
    return come.ok ? come : here
  } catch {
    return here
  }
}

async function fromCache(request: Request): Promise<Response> {
  const here = await caches.match(request, { ignoreSearch: true })
  if (here !== undefined) return here
  const come = await fetch(request)
  // Parts of the app that are opened by few are kept once they were; they never change.
  if (come.ok && new URL(request.url).pathname.startsWith(HASHED)) {
    const cache = await caches.open(NAME)
    await cache.put(request, come.clone())
  }
  return come
}
