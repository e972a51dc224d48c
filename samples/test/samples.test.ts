import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { checkRecords, readFormDefinition } from '@songnhap/forms'
import fc from 'fast-check'
import sharp from 'sharp'
import { t } from 'tap'
import { BIRTH_FIELDS } from '../src/birth-fields.ts'
import { openFace } from '../src/face.ts'
import { HAND_FACES } from '../src/handwriting.ts'
import { samplePage, sampleTruth } from '../src/index.ts'
import { planPage } from '../src/plan-page.ts'

const IMAGE_BYTES = { min: 200_000, max: 450_000 } as const
const PLAIN_SHARE = { min: 0.92, max: 0.945 } as const

const formFile = new URL('../../forms/birth-register.v1.json', import.meta.url)
const form = readFormDefinition(JSON.parse(await readFile(formFile, 'utf8')))
const seeds = fc.nat({ max: 2 ** 32 - 1 })
const indexes = fc.nat({ max: 20_000 })

t.test('the same seed and index give the same bytes and the same truth', async (t) => {
  const [once, again] = [await samplePage(1, 5), await samplePage(1, 5)]
  t.ok(once.image.equals(again.image))
  t.same(once.truth, again.truth)
  t.same(sampleTruth(1, 5), once.truth, 'also without drawing')
})

t.test('another index or another seed gives another page', async (t) => {
  const [page, next, other] = [
    await samplePage(1, 5),
    await samplePage(1, 6),
    await samplePage(2, 5),
  ]
  t.equal(page.name, 'page-0006')
  t.notOk(page.image.equals(next.image))
  t.notOk(page.image.equals(other.image))
  t.notSame(page.truth, next.truth)
  t.notSame(page.truth, other.truth)
})

t.test('pages are JPEGs of A4 at 150 dots per inch, of a scan’s weight', async (t) => {
  for (const index of [0, 1, 2, 30, 61]) {
    const { image } = await samplePage(3, index)
    const { format, width, height, density } = await sharp(image).metadata()
    t.match(
      { format, width, height, density },
      { format: 'jpeg', width: 1240, height: 1754, density: 150 },
    )
    t.ok(image.length > IMAGE_BYTES.min && image.length < IMAGE_BYTES.max, `${image.length} bytes`)
  }
})

t.test('the truth fits the form, whatever the seed and the index', async (t) => {
  t.same(
    BIRTH_FIELDS,
    form.fields.map(({ name }) => name),
  )
  fc.assert(
    fc.property(seeds, indexes, (seed, index) => {
      const truth = sampleTruth(seed, index)
      return checkRecords(form, truth).length === 0 && truth.length >= 2 && truth.length <= 4
    }),
    { numRuns: 300 },
  )
  t.throws(() => sampleTruth(1, -1), RangeError)
  t.throws(() => sampleTruth(0.5, 1), RangeError)
})

t.test('a mark says what is on the paper', async () => {
  fc.assert(
    fc.property(seeds, indexes, (seed, index) => {
      return planPage(seed, index).records.every(({ fields }) =>
        Object.values(fields).every(({ reading, writing, blot }) => {
          if (reading.mark === 'blank') return writing.kind === 'nothing'
          if (reading.mark === 'illegible') return blot === 'cover'
          if (reading.mark === 'ditto') return blot === undefined
          if (writing.kind !== 'words') return false
          const standing = writing.runs.filter(({ struck }) => !struck).map(({ text }) => text)
          const struck = writing.runs.filter((run) => run.struck).map(({ text }) => text)
          return standing.join(' ') === reading.value && !struck.includes(standing.at(-1) ?? '')
        }),
      )
    }),
    { numRuns: 300 },
  )
})

t.test('a ditto repeats something that is there', async () => {
  fc.assert(
    fc.property(seeds, indexes, (seed, index) => {
      const truth = sampleTruth(seed, index)
      return truth.every((record, at) =>
        Object.entries(record).every(([field, { mark }]) => {
          const above = truth[at - 1]?.[field]
          return mark !== 'ditto' || (above !== undefined && above.mark !== 'blank')
        }),
      )
    }),
    { numRuns: 300 },
  )
})

t.test('about 93 fields of 100 are plain, and every imperfection occurs', async (t) => {
  const counts = new Map<string, number>()
  let total = 0
  for (let index = 0; index < 2000; index += 1) {
    for (const { fields } of planPage(4, index).records) {
      for (const { reading, writing, blot } of Object.values(fields)) {
        const corrected = writing.kind === 'words' && writing.runs.length > 1
        const kind = blot ?? reading.mark ?? (corrected ? 'corrected' : 'plain')
        counts.set(kind, (counts.get(kind) ?? 0) + 1)
        total += 1
      }
    }
  }
  const plain = (counts.get('plain') ?? 0) / total
  t.ok(plain > PLAIN_SHARE.min && plain < PLAIN_SHARE.max, `${(plain * 100).toFixed(1)} % plain`)
  t.same([...counts.keys()].sort(), ['blank', 'corrected', 'cover', 'ditto', 'plain', 'wash'])
})

t.test('numbers run on from page to page of a book', async (t) => {
  const numbers = Array.from({ length: 100 }, (_, index) => sampleTruth(5, index)).flatMap((page) =>
    page.map((record) => record['number']),
  )
  numbers.forEach((reading, at) => {
    // A number under a blot cannot be compared.
    if (reading?.mark === undefined) t.equal(Number.parseInt(reading?.value ?? '', 10), at + 1)
  })
})

t.test('every letter of every value has its own drawing in every hand', async (t) => {
  const letters = new Set<string>()
  for (let index = 0; index < 4000; index += 1) {
    const { book, commune, records } = planPage(index, index)
    for (const { fields } of records) {
      for (const { writing } of Object.values(fields)) {
        if (writing.kind !== 'words') continue
        for (const { text } of writing.runs) for (const letter of text) letters.add(letter)
      }
    }
    for (const letter of book + commune.name) letters.add(letter)
  }
  t.ok(letters.size > 90, `${letters.size} letters`)
  t.ok(
    [...letters].every((letter) => letter.normalize('NFC') === letter && !/\p{M}/u.test(letter)),
    'written with composed letters only',
  )
  for (const { family, weight } of HAND_FACES) {
    const face = openFace(family, weight)
    const missing = [...letters].filter((letter) => !face.has(letter))
    const empty = [...letters].filter(
      (letter) => letter !== ' ' && face.glyph(letter).outline === '',
    )
    t.same([...missing, ...empty], [], `${family} ${weight}`)
  }
  t.throws(() => openFace('mali', 400).glyph('漢'), { message: 'No subset has the letter U+6F22.' })
})

t.test('the command writes images and their truth', async (t) => {
  const out = t.testdir()
  const { stdout } = await command('--pages', '2', '--seed', '1', '--out', out)
  t.match(stdout, '2 / 2')
  const { image, truth } = await samplePage(1, 1)
  t.ok(image.equals(await readFile(join(out, 'page-0002.jpg'))))
  const lines = (await readFile(join(out, 'truth.csv'), 'utf8')).trimEnd().split('\n')
  t.equal(lines[0], 'item,field,value')
  t.equal(lines.length, 1 + (sampleTruth(1, 0).length + truth.length) * BIRTH_FIELDS.length)
  t.ok(lines.includes(`page-0002#1,childName,${truth[0]?.['childName']?.value}`))
})

t.test('the command says what it needs', async (t) => {
  await t.rejects(command('--pages', '2'), { code: 2, stderr: /--out FOLDER is missing/ })
  await t.rejects(command('--pages', '0', '--out', 'x'), { code: 2, stderr: /--pages: .* 1 to/ })
  await t.rejects(command('--seed', '-1', '--out', 'x'), { code: 2 })
  await t.rejects(command('--page', '2', '--out', 'x'), { code: 2, stderr: /--page/ })
  await t.rejects(command('--out', fileURLToPath(formFile)), { code: 1, stderr: /Cannot write/ })
})

function command(...args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  return promisify(execFile)(process.execPath, [main, ...args], { timeout: 60_000 })
}
