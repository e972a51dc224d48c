/** What a supervisor sees: campaigns with their progress and accuracy, and what is stuck. */
import { call } from './call.js'
import { drawing, element, show, table } from './element.js'
import { number, words } from './words.js'

const CAMPAIGNS_SHOWN_MAX = 20
const PASSES = 2
const DRAWING_WIDTH = 160

export async function showCampaigns(place) {
  const { campaigns } = await call('GET', '/api/campaigns')
  const shown = campaigns.slice(-CAMPAIGNS_SHOWN_MAX).reverse()
  const articles = await Promise.all(shown.map(readCampaign))
  show(place, ...(articles.length > 0 ? articles : [element('p', {}, words().noCampaigns)]))
}

export async function showDeadLetters(place, report) {
  const { deadLetters, silent } = await call('GET', '/api/dead-letters')
  const w = words()
  const parts = []
  if (silent.length > 0)
    parts.push(element('p', { class: 'attention' }, w.deadLettersSilent(silent.join(', '))))
  if (deadLetters.length > 0) {
    parts.push(element('ul', {}, ...deadLetters.map((letter) => letterLine(letter, report))))
  } else if (silent.length === 0) parts.push(element('p', {}, w.noDeadLetters))
  show(place, ...parts)
}

function letterLine(letter, report) {
  const w = words()
  const button = element(
    'button',
    { type: 'button', id: `replay-${letter.deadLetterId}` },
    w.replay,
  )
  button.addEventListener('click', () =>
    report(async () => {
      const path = `/api/dead-letters/${letter.service}/${letter.deadLetterId}/replay`
      const { applied, reason } = await call('POST', path, {})
      return applied ? w.replayed : w.notReplayed(reason ?? '')
    }),
  )
  return element('li', {}, w.letter(letter), ' ', button)
}

async function readCampaign({ campaignId, name, books, pages }) {
  const path = `/api/campaigns/${campaignId}`
  const [{ keying, settling }, accuracy, violations] = await Promise.all([
    call('GET', `${path}/progress`),
    call('GET', `${path}/accuracy`),
    call('GET', `${path}/audit`),
  ])
  const w = words()
  return element(
    'article',
    {},
    element('h3', {}, name),
    element('p', {}, w.pages(number(books), number(pages))),
    bar(w.keyed, keying.entries, PASSES * keying.pages + (keying.readingsWanted ?? 0)),
    bar(w.compared, settling.pagesCompared, keying.pages),
    bar(w.settled, settling.pagesSettled, keying.pages),
    element(
      'p',
      {},
      w.state({
        mismatches: number(settling.mismatches),
        fields: number(settling.fieldsCompared),
        open: number(settling.openArbitrations),
        records: number(settling.recordsSettled),
      }),
    ),
    promises(violations),
    element('h4', {}, w.typists),
    typistsTable(accuracy.typists),
    element('h4', {}, w.arbiters),
    arbitersTable(accuracy.arbiters),
  )
}

function bar(label, part, whole) {
  return element(
    'label',
    { class: 'bar' },
    element('span', {}, label),
    element('progress', { value: part, max: Math.max(whole, 1) }),
    element('span', {}, words().of(number(part), number(whole))),
  )
}

function promises(violations) {
  const isKept = Object.values(violations).every((count) => count === 0)
  return isKept
    ? element('p', { class: 'done' }, words().kept)
    : element('p', { class: 'blocked' }, words().broken(violations))
}

function typistsTable(typists) {
  const w = words()
  if (typists.length === 0) return element('p', {}, w.noTypists)
  const highest = Math.max(...typists.map(({ high }) => high), Number.EPSILON)
  return table(
    [w.typist, w.judged, w.wrong, w.rate, w.interval, '', w.rowErrors],
    typists.map((typist) => [
      typist.name ?? w.someone,
      number(typist.judged),
      number(typist.wrong),
      typist.rate === null ? '–' : inTenThousand(typist.rate),
      typist.judged === 0 ? '–' : `${inTenThousand(typist.low)}–${inTenThousand(typist.high)}`,
      typist.judged === 0 ? '' : interval(typist, highest),
      number(typist.rowErrors),
    ]),
  )
}

function inTenThousand(rate) {
  return number(Math.round(rate * 10_000))
}

/** The words say it all; the drawing is for the eye that compares. */
function interval({ rate, low, high }, highest) {
  const x = (value) => 4 + (value / highest) * (DRAWING_WIDTH - 8)
  return drawing(
    'svg',
    { width: DRAWING_WIDTH, height: 16, 'aria-hidden': 'true', class: 'interval' },
    drawing('line', { x1: x(low), x2: x(high), y1: 8, y2: 8 }),
    drawing('circle', { cx: x(rate ?? 0), cy: 8, r: 4 }),
  )
}

function arbitersTable(arbiters) {
  const w = words()
  if (arbiters.length === 0) return element('p', {}, w.noArbiters)
  return table(
    [w.arbiter, w.rulings, w.escalated],
    arbiters.map((arbiter) => [
      arbiter.name ?? w.someone,
      number(arbiter.rulings),
      number(arbiter.escalated),
    ]),
  )
}
