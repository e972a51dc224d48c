/** Rule U7 of docs/spec/registry.md: a form as it will be met, with whatever stands in it escaped. */
import type { CodeList, FormDefinition } from '@songnhap/contracts'
import { SMALL_FORM } from '@songnhap/testkit'
import fc from 'fast-check'
import { t } from 'tap'
import { formPreview } from '../src/forms/form-preview.ts'

const LIST = {
  name: 'ethnic-groups',
  date: '1979-03-02',
  label: { vi: 'Dân tộc', en: 'Ethnic groups' },
  entries: [
    { value: 'Kinh', code: '01', label: { vi: 'Kinh', en: 'Kinh' }, aliases: ['Việt'] },
    { value: 'Khơ-me', code: '05', label: { vi: 'Khơ-me', en: 'Khmer' } },
  ],
} satisfies CodeList

function formWith(text: string): FormDefinition {
  const words = { vi: `${text}vi`, en: `${text}en` }
  return {
    ...SMALL_FORM,
    title: words,
    help: words,
    lists: [LIST],
    layouts: [{ name: 'printed', label: words, recordStep: { x: 0, y: 0.2 } }],
    fields: [
      {
        name: 'hoTen',
        kind: 'name',
        label: words,
        help: words,
        lengthMax: 77,
        marks: ['blank', 'ditto'],
        dittoFrom: 'record-above',
        class: 'identity-critical',
        zones: [{ layout: 'printed', x: 0.1, y: 0.1, width: 0.3, height: 0.05 }],
      },
      {
        name: 'gioiTinh',
        kind: 'choice',
        label: words,
        lengthMax: 10,
        required: false,
        open: true,
        entry: 'single',
        options: [{ value: `${text}Nam`, label: words, aliases: [`${text}M`] }],
      },
      {
        name: 'danToc',
        kind: 'choice',
        label: words,
        lengthMax: 9,
        list: { name: LIST.name, date: LIST.date },
      },
      {
        name: 'quocTich',
        kind: 'choice',
        label: words,
        lengthMax: 9,
        list: { name: 'countries', date: '2001-01-01' },
      },
    ],
    checks: [
      {
        name: 'they-differ',
        severity: 'warning',
        message: words,
        when: { field: 'gioiTinh', is: [`${text}Nam`] },
        rule: { kind: 'differ', fields: ['hoTen', 'gioiTinh'] },
      },
    ],
    controlTotals: [{ total: 'hoTen', message: words }],
  }
}

t.test('U7: it shows everything that the form says', async (t) => {
  const page = formPreview(formWith('Thử '))
  for (const words of [
    ...['Thử vi', 'Thử en', 'hoTen', 'họ tên người', 'person&#39;s name', '77 ký tự'],
    ...['để trống, như trên', 'ô của bản ghi trên', 'quyết định nhân thân'],
    ...['có thể bỏ trống', 'nhập như sổ ghi', 'chỉ một trong hai người nhập', 'Thử Nam', 'Thử M'],
    ...['Dân tộc (1979-03-02)', 'Khơ-me', 'Khmer', 'Việt', 'Danh mục countries'],
    ...['cảnh báo', 'they-differ', 'khác nhau', 'number of records'],
    ...['class="zone" x="141.4" y="100" width="424.2" height="50"', 'class="later"'],
  ]) {
    t.ok(page.includes(words), words)
  }
})

t.test('U7: it needs no script, and no style in its text', async (t) => {
  const page = formPreview(formWith('a'))
  t.notMatch(page, /<script|<style|\sstyle=|\son[a-z]+=|javascript:/i)
  t.notMatch(page, /(?:href|src)="(?!\/)/, 'nothing from elsewhere')
})

t.test('U7: no text of a form is HTML', async (t) => {
  const hostile = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'<>&"\'/=ax '), minLength: 1 }),
    fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</title>'),
  )
  const tags = (page: string) => page.match(/<[^>]*>/g)?.map((tag) => tag.split(/[\s>]/)[0])
  const expected = tags(formPreview(formWith('a')))
  fc.assert(
    fc.property(hostile, (text) => {
      const page = formPreview(formWith(text))
      t.same(tags(page), expected)
    }),
    { numRuns: 50 },
  )
})
