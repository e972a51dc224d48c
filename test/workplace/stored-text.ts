import type { Page } from 'playwright-core'

/** Run in the browser: everything it keeps for this site, as one text of bytes. */
const READ_ALL = `(async () => {
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie]
  const add = (value) => {
    if (value instanceof ArrayBuffer) found.push(new TextDecoder('latin1').decode(value))
    else if (ArrayBuffer.isView(value)) found.push(new TextDecoder('latin1').decode(value))
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(add)
    else found.push(String(value))
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    for (const store of database.objectStoreNames) {
      for (const ask of ['getAll', 'getAllKeys']) {
        add(await new Promise((resolve, reject) => {
          const request = database.transaction(store).objectStore(store)[ask]()
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        }))
      }
    }
    database.close()
  }
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(request.url)
  }
  return found.join('\\n')
})()`

/** All that a browser keeps on its computer for this site, readable as far as it is readable. */
export async function storedText(page: Page): Promise<string> {
  return await page.evaluate<string>(READ_ALL)
}
