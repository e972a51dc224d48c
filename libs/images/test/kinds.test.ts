/** Rule I4 of docs/spec/images.md: what is taken and what is not, by content. */
import sharp from 'sharp'
import { t } from 'tap'
import { blank, hashOf, newDesk, receiveAndKeep, refuses } from './open-desk.ts'

t.test('I4: PNG and WebP are taken too, known by content and not by name', async (t) => {
  const desk = await newDesk(t)
  const { store } = desk
  const images = { png: blank(40, 30).png(), webp: blank(40, 30).webp() }
  for (const [format, image] of Object.entries(images)) {
    const bytes = await image.toBuffer()
    t.match(await receiveAndKeep(desk, bytes), { format, width: 40, height: 30 })
    const { contentType, stream } = await store.open(hashOf(bytes), 'original')
    stream.destroy()
    t.equal(contentType, `image/${format}`)
  }
})

t.test('I4: any other content is refused by the name of its kind', async (t) => {
  const desk = await newDesk(t)
  const contents: [code: string, bytes: Buffer][] = [
    ['FILE_EMPTY', Buffer.alloc(0)],
    ['PLAIN_TEXT', Buffer.from('Đây không phải là ảnh.')],
    ['WEB_DOCUMENT', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['WEB_DOCUMENT', Buffer.from('\ufeff\n<!DOCTYPE html><title>Trang</title>')],
    ['PICTURE_KIND', await blank(9, 9).gif().toBuffer()],
    ['OFFICE_DOCUMENT', Buffer.from('d0cf11e0a1b11ae1000000', 'hex')],
    ['ARCHIVE_KIND', Buffer.from('Rar!\x1a\x07\x01\0', 'latin1')],
    ['MEDIA_FILE', Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0', 'latin1')],
    ['FILE_KIND_UNKNOWN', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')],
  ]
  for (const [code, bytes] of contents) await refuses(t, desk, bytes, code)
})

t.test('I4: a file of several pictures is refused', async (t) => {
  const frames = await Promise.all(
    ['red', 'green'].map((background) => {
      return sharp({ create: { width: 9, height: 9, channels: 3, background } })
        .png()
        .toBuffer()
    }),
  )
  const moving = sharp(frames, { join: { animated: true } }).webp()
  await refuses(t, await newDesk(t), await moving.toBuffer(), 'PICTURE_MOVES')
})
