import { type Api, patiently } from '@songnhap/client'

/** All pages of a list that is given out by the page. */
export async function readAll<T>(
  api: Api,
  path: string,
  list: string,
  id: keyof T & string,
): Promise<T[]> {
  const all: T[] = []
  for (;;) {
    const last = all.at(-1)?.[id]
    const query = last === undefined ? '' : `?after=${last}`
    const page = await patiently(() =>
      api.get<{ more: boolean } & Record<string, T[]>>(`${path}${query}`),
    )
    all.push(...(page[list] ?? []))
    if (!page.more) return all
  }
}
