import { readdir, readFile } from 'node:fs/promises'
import { join, parse } from 'node:path'
import type { FormDefinition, TypedRecords } from '@songnhap/contracts'
import { checkRecords, readFormDefinition } from '@songnhap/forms'
import { samplePage } from '@songnhap/samples'
import { readTruth } from './truth.ts'

const SAMPLE_FORM = new URL('../../forms/birth-register.v1.json', import.meta.url)
const IMAGE_ENDINGS = new Set(['.jpg', '.jpeg', '.png', '.webp'])

/** Pages with known truth, one after the other. */
export interface PageSource {
  readonly form: FormDefinition
  readonly total: number
  page(index: number): Promise<{ fileName: string; image: Uint8Array; truth: TypedRecords }>
}

/** Pages drawn by our own generator. */
export async function samplePages(total: number, seed: number): Promise<PageSource> {
  return {
    form: readFormDefinition(JSON.parse(await readFile(SAMPLE_FORM, 'utf8'))),
    total,
    async page(index) {
      const { name, image, truth } = await samplePage(seed, index)
      return { fileName: `${name}.jpg`, image, truth }
    },
  }
}

/** Somebody's own scans. A scan that the truth does not name is taken for a page without records. */
export async function ownScans(
  folder: string,
  formFile: string,
  truthFile: string,
): Promise<PageSource> {
  const form = readFormDefinition(JSON.parse(await readFile(formFile, 'utf8')))
  const truth = readTruth(await readFile(truthFile, 'utf8'), form)
  const names = (await readdir(folder))
    .filter((name) => IMAGE_ENDINGS.has(parse(name).ext.toLowerCase()))
    .sort()
  if (names.length === 0) throw new Error(`no JPEG, PNG or WebP file in ${folder}`)
  const known = new Set(names.map((name) => parse(name).name))
  const stray = [...truth.keys()].filter((page) => !known.has(page))
  if (stray.length > 0)
    throw new Error(`the truth names images that are not there: ${stray.join(', ')}`)
  const misfits = [...truth].flatMap(([page, records]) =>
    checkRecords(form, records).map((finding) => `${page}: ${finding}`),
  )
  if (misfits.length > 0) throw new Error(`the truth does not fit the form:\n${misfits.join('\n')}`)
  return {
    form,
    total: names.length,
    async page(index) {
      const fileName = names[index]
      if (fileName === undefined) throw new RangeError(`there is no page ${index}`)
      const image = await readFile(join(folder, fileName))
      return { fileName, image, truth: truth.get(parse(fileName).name) ?? [] }
    },
  }
}
