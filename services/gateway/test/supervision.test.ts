/**
 * What supervisors open and see, and what a typist is told of the own work; the services are played. Rules G14
 * and G15 of docs/spec/access.md, Q24 of accuracy.md, V6 and V7 of second.md.
 */
import { answer } from '@songnhap/bus'
import * as contracts from '@songnhap/contracts'
import { pino } from 'pino'
import { t } from 'tap'
import { uuidv7 } from 'uuidv7'
import { barAccount } from '../src/accounts.ts'
import { call, codeOf, enter, openGateway, openWorld } from './open-gateway.ts'
import { arbiterToldOf, fieldTold, operatorsTold, operatorTold, TOLD_AT } from './operators-told.ts'

const [campaignId, bookId, pageId] = [uuidv7(), uuidv7(), uuidv7()]

t.test('supervision', async (t) => {
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) })
  const world = await openWorld(t, log)
  const gateway = await openGateway(t, world)
  const supervisor = await enter(world, gateway, ['supervisor'])
  const asked: unknown[] = []
  const stranger = uuidv7()
  const letter = {
    deadLetterId: uuidv7(),
    service: 'reconcile' as const,
    producer: 'entry' as const,
    position: 7,
    kind: 'entry.submitted.v1',
    reason: 'NotYet',
    failedAt: new Date().toISOString(),
  }
  const record: contracts.SettledRecord = {
    recordId: uuidv7(),
    pageId,
    record: 1,
    ruleVersion: '1',
    values: {
      hoTen: { value: 'Trần Thị Ẵm', how: 'ruled', class: 'different', rule: 'value-differs' },
      ghiChu: { value: '', mark: 'blank', how: 'agreed', class: 'identical', rule: 'identical' },
    },
  }
  const form: contracts.FormDefinition = {
    name: 'birth-register',
    version: 1,
    title: { vi: 'Khai sinh', en: 'Births' },
    recordsMax: 5,
    layouts: [{ name: 'printed', label: { vi: 'In sẵn', en: 'Printed' } }],
    fields: [
      {
        name: 'gioiTinh',
        kind: 'choice',
        label: { vi: 'Giới tính', en: 'Sex' },
        zones: [{ layout: 'printed', x: 0.1, y: 0.2, width: 0.3, height: 0.05 }],
        lengthMax: 3,
        options: [{ value: 'Nam', label: { vi: 'Nam', en: 'Male' } }],
      },
      { name: 'hoTen', kind: 'name', label: { vi: 'Họ tên', en: 'Name' }, lengthMax: 100 },
    ],
  }
  const afters: unknown[] = []
  const campaigns: unknown[] = []
  const layouts: unknown[] = []
  await world.bus.answer('intake', [
    answer(contracts.ledgerRequests('intake').deadLetters, async () => ({ deadLetters: [] })),
    answer(contracts.readForm, async () => form),
    answer(contracts.openCampaign, async (request) => {
      campaigns.push(request)
      return { campaignId: request.campaignId }
    }),
    answer(contracts.openBook, async (request) => ({ bookId: request.bookId })),
    answer(contracts.setBookLayouts, async (request) => {
      layouts.push(request)
      return {}
    }),
    answer(contracts.listPages, async ({ after }) => {
      afters.push(after)
      return { pages: [], more: false }
    }),
  ])
  await world.bus.answer('reconcile', [
    answer(contracts.ledgerRequests('reconcile').deadLetters, async () => ({
      deadLetters: [letter],
    })),
    answer(contracts.listSettledRecords, async () => ({ records: [record], more: true })),
    answer(contracts.ledgerRequests('reconcile').replay, async () => ({ applied: true })),
    answer(contracts.readOperators, async (request) => {
      asked.push(request)
      return operatorsTold([supervisor.person.personId, stranger])
    }),
    answer(contracts.readOperator, async (request) => {
      asked.push(request)
      return operatorTold(request.operatorId)
    }),
    answer(contracts.readField, async (request) => {
      asked.push(request)
      return fieldTold([supervisor.person.personId, stranger])
    }),
    answer(contracts.readOwnAccuracy, async (request) => {
      asked.push(request)
      return { asOf: TOLD_AT, forms: [], confusions: [], charges: [], more: false }
    }),
  ])
  const get = (path: string) => call(gateway, 'GET', path, { as: supervisor })

  t.test('G14: stuck is what nobody who is let in may have', async (t) => {
    const asked: unknown[] = []
    const page = { pageId, bookTitle: 'Quyển 01', sequence: 3 }
    const answers = { pages: [page, { ...page, again: true }], more: false }
    await world.bus.answer('entry', [
      answer(contracts.listStuckKeying, async (request) => {
        asked.push(request)
        return answers
      }),
    ])
    await world.bus.answer('reconcile', [
      answer(contracts.listStuckArbitrations, async () => ({ pages: [], more: false })),
    ])
    const typist = await enter(world, gateway, ['typist'])
    const barred = await enter(world, gateway, ['typist'])
    await barAccount(world.db, barred.person.personId, true)
    const path = `/api/campaigns/${campaignId}/stuck`
    const response = await call(gateway, 'GET', path, { as: supervisor })
    t.match(await response.json(), { keying: answers, arbitration: { pages: [] } })
    t.same(asked, [{ campaignId, typists: [typist.person.personId] }])
    t.equal((await call(gateway, 'GET', path, { as: typist })).status, 403)
  })

  t.test('G14: accuracy has the names that only the gateway knows', async (t) => {
    const { name, personId } = supervisor.person
    const read = async (path: string) => await (await get(path)).json()
    const list = await read(`/api/campaigns/${campaignId}/operators?from=2026-03-01`)
    t.match(list, {
      asOf: TOLD_AT,
      typists: [{ name, judged: 10 }, { name: null }],
      arbiters: [{ name, rulings: 3 }],
    })
    t.match(await read('/api/operators?formName=births'), { typists: [{ name }, { name: null }] })
    t.match(await read(`/api/campaigns/${campaignId}/operators/${personId}`), { name })
    t.match(await read(`/api/operators/${stranger}?formName=births&to=2026-03-02`), { name: null })
    const field = await read(`/api/campaigns/${campaignId}/fields/hoTen?to=2026-03-02`)
    t.match(field, { judged: 20, typists: [{ name }, { name: null }] })
    await read('/api/fields/hoTen?formName=births')
    await read('/api/operators?formName=births&class=critical')
    t.same(asked.splice(0), [
      { campaignId, from: '2026-03-01' },
      { formName: 'births' },
      { campaignId, operatorId: personId },
      { operatorId: stranger, formName: 'births', to: '2026-03-02' },
      { campaignId, field: 'hoTen', to: '2026-03-02' },
      { formName: 'births', field: 'hoTen' },
      { formName: 'births', class: 'critical' },
    ])
    t.equal(
      await codeOf(await get('/api/operators')),
      'MALFORMED',
      'of everything there is no rate',
    )
    t.equal(await codeOf(await get('/api/operators?formName=births&from=yesterday')), 'MALFORMED')
  })

  t.test('Q24: whose figures are told is whose session it is', async (t) => {
    const typist = await enter(world, gateway, ['typist'])
    const own = await call(gateway, 'GET', '/api/me/accuracy', { as: typist })
    t.same(await own.json(), {
      asOf: TOLD_AT,
      forms: [],
      confusions: [],
      charges: [],
      more: false,
    })
    t.same(asked.splice(0), [{ personId: typist.person.personId }])
    t.equal(await codeOf(await get('/api/me/accuracy')), 'NOT_ALLOWED', 'who keys nothing has none')
    for (const path of [`/api/campaigns/${campaignId}/operators`, `/api/operators/${stranger}`]) {
      t.equal(await codeOf(await call(gateway, 'GET', path, { as: typist })), 'NOT_ALLOWED')
    }
  })

  t.test(
    'V6, V7: arbiters are told by name, and an appeal is the person’s of the session',
    async (t) => {
      const appeals: unknown[] = []
      await world.bus.answer('reconcile', [
        answer(contracts.readArbiters, async () => ({
          arbiters: [supervisor.person.personId, stranger].map(arbiterToldOf),
        })),
        answer(contracts.submitAppeal, async (request) => {
          appeals.push(request)
          throw new contracts.Problem('APPEAL_REFUSED', ['it does not count against you'])
        }),
        answer(contracts.listOwnAppeals, async (request) => {
          appeals.push(request)
          return { appeals: [] }
        }),
      ])
      const path = `/api/campaigns/${campaignId}/arbiters`
      const told = await (await get(path)).json()
      t.match(told, {
        arbiters: [{ name: supervisor.person.name, secondChecked: 4 }, { name: null }],
      })
      const typist = await enter(world, gateway, ['typist'])
      for (const shut of [path, `/api/campaigns/${campaignId}/appeals`]) {
        t.equal((await call(gateway, 'GET', shut, { as: typist })).status, 403)
      }
      const { personId } = typist.person
      const appeal = { appealId: uuidv7(), pageId, record: 1, field: 'hoTen' }
      const appealing = (body: object) =>
        call(gateway, 'POST', '/api/me/appeals', { as: typist, body })
      t.match(await (await appealing(appeal)).json(), { details: [/count against you/] })
      t.equal(await codeOf(await appealing({ ...appeal, personId: stranger })), 'MALFORMED')
      t.same(await (await call(gateway, 'GET', '/api/me/appeals', { as: typist })).json(), {
        appeals: [],
      })
      t.same(appeals, [{ ...appeal, personId }, { personId }])
    },
  )

  t.test('G14: dead letters of all services, those that do not answer named', async (t) => {
    const list = await (await get('/api/dead-letters')).json()
    t.same(list, { deadLetters: [letter], silent: ['entry'] })
    const replay = await call(
      gateway,
      'POST',
      `/api/dead-letters/reconcile/${letter.deadLetterId}/replay`,
      { as: supervisor, body: {} },
    )
    t.same(await replay.json(), { applied: true })
  })

  t.test('G14: settled records come whole, and who read them is logged', async (t) => {
    const records = await get(`/api/campaigns/${campaignId}/records`)
    t.same(await records.json(), { records: [record], more: true })
    const read = lines.filter((line) => line.includes('records were read'))
    t.equal(read.length, 1)
    t.match(read[0], supervisor.person.personId)
    t.notMatch(lines.join(''), 'Ẵm')
  })

  t.test('G15: campaigns are opened with their form, which anybody at work can read', async (t) => {
    const campaign = { campaignId, name: 'Đợt thử', form, pairs: [[uuidv7(), uuidv7()]] }
    const opened = await call(gateway, 'POST', '/api/campaigns', { as: supervisor, body: campaign })
    t.same(await opened.json(), { campaignId })
    t.same(campaigns, [campaign])
    t.same(await (await get('/api/forms/birth-register/1')).json(), form)
    t.equal(await codeOf(await get('/api/forms/birth-register/one')), 'MALFORMED')
  })

  t.test('P17, U7: layouts are chosen for a book by how they are drawn', async (t) => {
    const drawing = await get('/api/forms/birth-register/1/layouts/printed')
    t.match(drawing.headers.get('content-type'), /^image\/svg\+xml/)
    const text = await drawing.text()
    t.match(text, /^<svg xmlns="[^"]+" viewBox/)
    t.ok(text.includes('class="zone" x="141.4" y="200" width="424.2" height="50" fill='))
    const unknown = await get('/api/forms/birth-register/1/layouts/other')
    t.equal(await codeOf(unknown), 'NOT_FOUND')
    const change = (body: unknown) =>
      call(gateway, 'PUT', `/api/books/${bookId}/layouts`, { as: supervisor, body })
    for (const chosen of [['printed'], [], null]) {
      t.equal((await change({ layouts: chosen })).status, 200)
      t.same(layouts.at(-1), { bookId, layouts: chosen })
    }
    for (const wrong of [{}, { layouts: ['a', 'b', 'c'] }, { layouts: ['A b'] }]) {
      t.equal(await codeOf(await change(wrong)), 'MALFORMED')
    }
  })

  t.test('G15: books are opened in their campaign; lists go on after the last id', async (t) => {
    const opened = await call(gateway, 'POST', `/api/campaigns/${campaignId}/books`, {
      as: supervisor,
      body: { bookId, title: 'Sổ khai sinh 1975' },
    })
    t.same(await opened.json(), { bookId })
    await get(`/api/campaigns/${campaignId}/pages`)
    await get(`/api/campaigns/${campaignId}/pages?after=${pageId}`)
    t.same(afters, [undefined, pageId])
    const wrong = await get(`/api/campaigns/${campaignId}/pages?after=1`)
    t.equal(await codeOf(wrong), 'MALFORMED')
  })
})
