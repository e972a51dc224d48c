/** Leaks as somebody might write them in good faith, each as small changes to the code. */
export interface Leak {
  readonly name: string
  /** What somebody may have thought. */
  readonly idea: string
  /** The test file that must fail, and the assertion in it. */
  readonly test: string
  readonly assertion: string
  readonly edits: readonly Edit[]
}

export interface Edit {
  readonly file: string
  /** Found exactly once, or the leak is no longer planted where it was meant to be. */
  readonly find: string
  readonly replace: string
}

const WALK = {
  test: 'test/blindness.test.ts',
  assertion: 'nothing tells the two worlds apart',
}

export const LEAKS: readonly Leak[] = [
  {
    name: 'a different status',
    idea: 'a page that both have keyed is gone, so it is not found',
    ...WALK,
    edits: [
      {
        file: 'services/entry/src/find-lease.ts',
        find: "  if (page === undefined || pass === undefined) throw new Problem('LEASE_ENDED')",
        replace: `  if (lease !== undefined && page === undefined) throw new Problem('NOT_FOUND')
  if (page === undefined || pass === undefined) throw new Problem('LEASE_ENDED')`,
      },
    ],
  },
  {
    name: 'a count',
    idea: 'an assignment says how many readings its page has',
    ...WALK,
    edits: [
      {
        file: 'libs/contracts/src/requests/assignment.ts',
        find: '  sequence: Type.Integer({ minimum: 1 }),',
        replace: '  sequence: Type.Integer({ minimum: 1 }),\n  readings: Type.Integer(),',
      },
      {
        file: 'services/entry/src/fill-hands.ts',
        find: '    select f.*,',
        replace: `    select f.*,
      (select count(*)::int from entry e where e.page_id = f.page_id) as readings,`,
      },
      {
        file: 'services/entry/src/fill-hands.ts',
        find: '    sequence: row.sequence,',
        replace: "    sequence: row.sequence,\n    readings: Reflect.get(row, 'readings'),",
      },
    ],
  },
  {
    name: 'an order',
    idea: 'within a book, untouched pages first',
    ...WALK,
    edits: [
      {
        file: 'services/entry/migrations/0007_give_pages_again.sql',
        find: '      order by sequence limit 1 for update skip locked;',
        replace: '      order by other_by <> 0, sequence limit 1 for update skip locked;',
      },
    ],
  },
  {
    name: 'a header',
    idea: 'an image has an ETag that is made of its lease',
    ...WALK,
    edits: [
      {
        file: 'libs/contracts/src/requests/assignment.ts',
        find: '  closed({ sha256: Sha256 }),',
        replace: '  closed({ sha256: Sha256, pass: Type.Integer() }),',
      },
      {
        file: 'services/entry/src/find-typist-image.ts',
        find: '    select page.image_sha256 as sha256',
        replace: '    select lease.pass, page.image_sha256 as sha256',
      },
      {
        file: 'services/gateway/src/routes/assignments.ts',
        find: '      const { sha256 } = await askHolder(bus, personOf(request), FIND_IMAGE, leaseToken)',
        replace: `      const found = await askHolder(bus, personOf(request), FIND_IMAGE, leaseToken)
      const { sha256 } = found
      reply.header('etag', \`"\${size}-\${Reflect.get(found, 'pass')}"\`)`,
      },
    ],
  },
  {
    name: 'a known page',
    idea: 'a page that is shown again has an id like any other new thing',
    test: 'test/blindness.test.ts',
    assertion: 'nothing tells a known-answer page from another',
    edits: [
      {
        file: 'services/entry/migrations/0015_known_pages.sql',
        find: '  showing := id_beside(known);',
        replace: '  showing := gen_random_uuid();',
      },
    ],
  },
  {
    name: 'a hint',
    idea: 'typists may hear that their campaign goes on, too',
    test: 'test/blindness.test.ts',
    assertion: 'W20: a typist hears of no change',
    edits: [
      {
        file: 'services/gateway/src/stream/socket-session.ts',
        find: "const WATCHERS: readonly Role[] = ['supervisor', 'administrator']",
        replace: "const WATCHERS: readonly Role[] = ['supervisor', 'administrator', 'typist']",
      },
    ],
  },
  {
    name: 'a slower answer',
    idea: 'the second reading is compared before it is acknowledged',
    test: 'test/blindness-times.test.ts',
    assertion: 'medians lie no further apart than noise',
    edits: [
      {
        file: 'services/entry/src/submit-entry.ts',
        find: '  const { pass, keyed } = decide(found, { leaseToken, records })',
        replace: `  const { pass, keyed } = decide(found, { leaseToken, records })
  if (pass === 2) await sql\`select pg_sleep(0.03)\`.execute(change.trx)`,
      },
    ],
  },
  {
    name: 'an image left open',
    idea: 'who once had the page may look at it again, while it is open',
    test: 'test/blindness-images.test.ts',
    assertion: 'nor who held it, once it is',
    edits: [
      {
        file: 'services/entry/src/find-typist-image.ts',
        find: `
      and ((o.token_1 = lease.lease_token and o.until_1 > clock_timestamp())
        or (o.token_2 = lease.lease_token and o.until_2 > clock_timestamp()))`,
        replace: '',
      },
    ],
  },
]

/** The text with the edit made; throws when its place is gone or no longer the only one. */
export function plant(text: string, { file, find, replace }: Edit): string {
  const [before, after, ...more] = text.split(find)
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${file} no longer has this exactly once: ${find.trim()}`)
  }
  return before + replace + after
}
