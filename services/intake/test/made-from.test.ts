/** Rule U23 of docs/spec/registry.md: what words say of predecessors, and names as they are looked for. */
import fc from 'fast-check'
import { t } from 'tap'
import { readMadeFrom } from '../src/units/read-made-from.ts'
import { unitKeys } from '../src/units/unit-keys.ts'

t.test('U23: names are read, with what stands in brackets behind them', async (t) => {
  t.same(readMadeFrom('Thị trấn Dùng, Xã Đồng Văn (huyện Thanh Chương) và Xã Thanh Ngọc'), {
    kept: false,
    named: [
      { words: 'Thị trấn Dùng', name: 'Thị trấn Dùng', part: 'whole' },
      {
        words: 'Xã Đồng Văn (huyện Thanh Chương)',
        name: 'Xã Đồng Văn',
        within: 'huyện Thanh Chương',
        part: 'whole',
      },
      { words: 'Xã Thanh Ngọc', name: 'Xã Thanh Ngọc', part: 'whole' },
    ],
    rest: '',
  })
  t.match(readMadeFrom('Phường A (phần còn lại sau khi sáp nhập vào phường B, phường C)'), {
    named: [{ name: 'Phường A', part: 'part' }],
    rest: '',
  })
  t.same(readMadeFrom(' Giữ nguyên '), { kept: true, named: [], rest: '' })
  t.match(readMadeFrom('thành phố Cần Thơ, tỉnh Sóc Trăng và tỉnh Hậu Giang').named.length, 3)
})

t.test('U23: reading stops where it is not sure who is meant', async (t) => {
  const words = 'Phường A, một phần diện tích của các phường B, Phường C'
  t.match(readMadeFrom(words), {
    named: [{ name: 'Phường A' }],
    rest: 'một phần diện tích của các phường B, Phường C',
  })
  t.match(readMadeFrom('TPHCM, tỉnh Bình Dương'), { named: [], rest: 'TPHCM, tỉnh Bình Dương' })
})

t.test('U23: no words make it fail, and nothing is read that does not stand there', async (t) => {
  const piece = fc.constantFrom(
    'Xã ',
    'Phường A',
    ', ',
    ' và ',
    '(',
    ')',
    'huyện B',
    'phần còn lại',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(text, (words) => {
      const normal = words.normalize('NFC')
      return readMadeFrom(normal).named.every(({ name }) => unitKeys(name).type !== undefined)
    }),
  )
  t.pass('held')
})

t.test(
  'U22, U23: a name is the same wherever its tone mark stands, and under no other mark',
  async (t) => {
    const same = (one: string, other: string) => unitKeys(one).name === unitKeys(other).name
    t.ok(same('Xã Hòa Sơn', 'XÃ HOÀ  SƠN'))
    t.ok(same('Bà Rịa - Vũng Tàu', 'Bà Rịa-Vũng Tàu'))
    t.notOk(same('Xã Hoa Sơn', 'Xã Hòa Sơn'))
    t.notOk(same('Xã Diên Hoa', 'Xã Diễn Hoa'))
    t.notOk(same('Xã Đại Sơn', 'Xã Dại Sơn'))
    t.match(unitKeys('Thị trấn Đô Lương'), {
      bare: 'đô lương',
      folded: 'do luong',
      type: 'thi-tran',
    })
    t.match(unitKeys('Xãi'), { bare: 'xãi', type: undefined })
  },
)
