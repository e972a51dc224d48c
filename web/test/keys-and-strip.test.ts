/** Rules of docs/spec/workplace.md about keys and about where the strip looks. */
import fc from 'fast-check'
import { t } from 'tap'
import { commandOf, MARK_KEYS, type Stroke } from '../src/desk/keys.ts'
import { viewOf } from '../src/desk/strip-view.ts'
import { areaBefore, areaTurned, sizeTurned } from '../src/desk/turned.ts'

const BARE: Stroke = {
  key: '',
  code: '',
  altKey: false,
  ctrlKey: false,
  shiftKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 0,
}
const stroke = fc.record({
  key: fc.oneof(
    fc.string({ maxLength: 2 }),
    fc.constantFrom('Enter', 'F2', 'F8', 'ArrowUp', 'z', 'Escape'),
  ),
  code: fc.constantFrom(
    'KeyA',
    'Enter',
    'Digit1',
    'Digit7',
    'Numpad1',
    'Equal',
    'PageUp',
    'Delete',
  ),
  altKey: fc.boolean(),
  ctrlKey: fc.boolean(),
  shiftKey: fc.boolean(),
  metaKey: fc.boolean(),
  isComposing: fc.boolean(),
  keyCode: fc.constantFrom(0, 13, 229),
})

t.test('K2: during a composition no key is ours', async () => {
  fc.assert(
    fc.property(stroke, (pressed) => {
      const composing = pressed.isComposing || pressed.keyCode === 229
      return !composing || commandOf(pressed) === undefined
    }),
  )
})

t.test(
  'K3: no letter alone, no digit of the number block, no Ctrl Shift or Alt Shift is a key',
  async (t) => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 1 }), fc.boolean(), (key, shiftKey) => {
        return commandOf({ ...BARE, key, shiftKey }) === undefined
      }),
    )
    for (const code of ['Numpad1', 'Numpad2', 'Numpad8']) {
      t.equal(commandOf({ ...BARE, altKey: true, code, key: code.at(-1) ?? '' }), undefined)
    }
    for (const key of ['Enter', 'z', 'F2']) {
      t.equal(commandOf({ ...BARE, key, ctrlKey: true, shiftKey: true }), undefined)
      t.equal(commandOf({ ...BARE, key, altKey: true, shiftKey: true }), undefined)
    }
  },
)

t.test(
  'K3: each mark has a key and a twin on Alt, by its place and not by its letter',
  async (t) => {
    for (const { key, digit, mark } of MARK_KEYS) {
      t.same(commandOf({ ...BARE, key }), { do: 'mark', mark })
      t.same(commandOf({ ...BARE, altKey: true, key: 'đ', code: `Digit${digit}` }), {
        do: 'mark',
        mark,
      })
    }
  },
)

const fraction = fc.double({ min: 0.01, max: 1, noNaN: true })
const share = fc.double({ min: 0, max: 0.9, noNaN: true })

t.test('K7: the left edge of the place stands over the letters of the field', async () => {
  const area = fc.record({ x: share, y: share, width: fraction, height: fraction })
  const strip = fc.record({
    width: fc.integer({ min: 400, max: 900 }),
    height: fc.constantFrom(96, 136),
  })
  fc.assert(
    fc.property(area, strip, fc.integer({ min: 100, max: 206 }), (place, size, textLeft) => {
      const view = viewOf(place, { width: 1240, height: 1754 }, size, textLeft)
      const left = Math.abs(view.frame.left - textLeft) < 0.01
      const fits = view.frame.width <= size.width && view.frame.height <= size.height
      return left && fits && view.scale > 0
    }),
  )
})

t.test('K7: a place stays in the picture however it is turned, and in the strip', async (t) => {
  const share = fc.double({ min: 0.05, max: 0.5, noNaN: true })
  const place = fc.record({ x: share, y: share, width: share, height: share })
  const image = { width: 1240, height: 1754 }
  const strip = { width: 900, height: 136 }
  fc.assert(
    fc.property(place, fc.constantFrom(0, 90, 180, 270), (area, degrees) => {
      const turned = areaTurned(area, degrees)
      const back = areaBefore(turned, degrees)
      for (const side of ['x', 'y', 'width', 'height'] as const) {
        if (Math.abs(back[side] - area[side]) > 1e-9) return false
      }
      const { frame } = viewOf(turned, sizeTurned(image, degrees), strip, 200)
      const isIn = frame.top >= -1 && frame.top + frame.height <= strip.height + 1
      return isIn && turned.x >= -1e-9 && turned.x + turned.width <= 1 + 1e-9
    }),
    { numRuns: 100 },
  )
  t.pass()
})
