import { t } from 'tap'
import { isFileName, readFileName, showableFileName } from '../src/index.ts'

t.test('P11: a name is read as UTF-8, else as Windows-1258, and normalised', async (t) => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  t.equal(readFileName(bytes('sổ hộ tịch.jpg')), 'sổ hộ tịch.jpg')
  t.equal(readFileName(bytes('sổ'.normalize('NFD'))), 'sổ')
  // "sổ" as Windows wrote it: s, o with circumflex, and the hook as a mark of its own.
  t.equal(readFileName(new Uint8Array([0x73, 0xf4, 0xd2])), 'sổ')
  t.equal(readFileName(new Uint8Array([0xff, 0xfe])).length, 2, 'and never fails')
})

t.test('P11: a name of more than 255 characters or with control characters is none', async (t) => {
  t.equal(isFileName('trang 1.png'), true)
  for (const name of ['', 'a\tb', 'c\u007f', 'x'.repeat(256)]) {
    t.equal(isFileName(name), false)
    t.equal(isFileName(showableFileName(name)), true, 'but something like it can be shown')
  }
})
