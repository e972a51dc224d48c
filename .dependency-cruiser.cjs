/** The direction of dependencies. Paths are from the root of the repository. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** Every module but those of one workspace. `$1` in a `to` is what the group of the `from` matched. */
const WORKSPACE = '^(libs/[^/]+|services/[^/]+|cli|samples|scripts|demo|fuzz|test|web|bench)/'
const PURE = '^libs/(contracts|forms|comparators|statistics)/src/'
const npm = (names) => `(^|/)node_modules/(@types/)?(${names})(/|$)`

module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'A cycle can be neither read nor started from any side.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule('no-unresolvable', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
    rule(
      'services-apart',
      'Services talk by messages only.',
      { path: '^services/([^/]+)/' },
      { path: '^services/', pathNot: '^services/$1/' },
    ),
    rule(
      'libs-below',
      'Libraries know nothing of what is built on them.',
      { path: '^libs/' },
      { path: '^(services|cli|scripts|samples|demo|fuzz|test|web|bench)/' },
    ),
    rule(
      'one-door',
      'Another workspace is entered by what its package.json exports, never by a path into it.',
      { path: WORKSPACE },
      {
        path: WORKSPACE,
        pathNot: [
          '^$1/',
          '^libs/[^/]+/src/index\\.ts$',
          '^libs/contracts/src/check\\.ts$',
          '^libs/audits/src/(draw-certificate|gate-in-words)\\.ts$',
          '^libs/statistics/src/intervals/wilson\\.ts$',
          '^(samples|demo|fuzz)/src/index\\.ts$',
        ],
      },
    ),
    rule(
      'no-path-between-workspaces',
      'Even to its door one goes by name.',
      { path: WORKSPACE },
      { path: WORKSPACE, pathNot: '^$1/', dependencyTypes: ['local'] },
    ),
    rule(
      'contracts-alone',
      'Contracts stand on typebox; ajv checks them, in one file.',
      { path: '^libs/contracts/src/' },
      { pathNot: ['^libs/contracts/src/', npm('typebox|ajv|ajv-formats')] },
    ),
    rule(
      'ajv-in-check-only',
      'Whoever imports the contracts does not get ajv with them.',
      { path: '^libs/contracts/src/', pathNot: '^libs/contracts/src/check\\.ts$' },
      { path: npm('ajv|ajv-formats') },
    ),
    rule(
      'pure-without-node',
      'Pure libraries run in a browser.',
      { path: PURE },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'statistics-on-comparators',
      'Statistics stand on one sum of comparators, special functions and linear equations.',
      { path: '^libs/statistics/src/' },
      { pathNot: ['^libs/(statistics|comparators)/src/', npm('@stdlib|ml-matrix')] },
    ),
    rule(
      'numerics-in-statistics-only',
      'One door to special functions and linear equations.',
      { pathNot: '^libs/statistics/' },
      { path: npm('@stdlib|ml-matrix') },
    ),
    rule(
      'comparators-on-contracts',
      'Comparators stand on contracts and two small algorithms.',
      { path: '^libs/comparators/src/' },
      { pathNot: ['^libs/(comparators|contracts)/src/', npm('fastest-levenshtein|munkres')] },
    ),
    rule(
      'forms-on-comparators',
      'Forms stand on contracts, on what comparators read in a date or a number, and on ajv.',
      { path: '^libs/forms/src/' },
      { pathNot: ['^libs/(forms|comparators|contracts)/src/', npm('ajv|ajv-formats')] },
    ),
    rule(
      'nats-in-bus-only',
      'One door to the bus.',
      { pathNot: '^libs/bus/' },
      { path: npm('nats') },
    ),
    rule(
      'pg-in-database-only',
      'One door to the database; what it is measured against goes without.',
      { pathNot: '^(libs/database|bench)/' },
      { path: npm('pg') },
    ),
    rule(
      'sharp-in-images-only',
      'One door to image decoding; samples, tests and benches draw with it.',
      { pathNot: '^(libs/images|samples|bench|test)/|/test/' },
      { path: npm('sharp') },
    ),
    rule(
      'decoders-in-images-only',
      "Strangers' files are opened in decoder processes only.",
      { pathNot: '^libs/images/src/decoding/' },
      { path: npm('@hyzyla/pdfium|libheif-js') },
    ),
    rule(
      'archives-in-images-and-tables',
      'ZIP files are opened in decoder processes; and workbooks, which are ZIP files, on the machine of whoever has them.',
      { pathNot: '^libs/(images/src/decoding|tables/src)/' },
      { path: npm('yauzl') },
    ),
    rule(
      'workbooks-in-tables-only',
      'One door to spreadsheets; tests make some.',
      { pathNot: '^libs/tables/|/test/|^bench/' },
      { path: npm('hucre') },
    ),
    rule(
      'servers-for-development-only',
      'What runs in production does not start servers.',
      { pathNot: ['/test/', '^(test|scripts|demo|fuzz|bench)/', '^libs/(testkit|local)/'] },
      { path: '^libs/(testkit|local)/' },
    ),
    rule(
      'workplace-on-pure',
      'A browser gets the pure libraries only, and of the rest no more than their types.',
      { path: '^web/src/' },
      {
        pathNot: [
          '^web/src/',
          '^libs/(contracts|forms|comparators)/src/index',
          '^libs/audits/src/gate-in-words\\.ts$',
          npm('svelte|idb|d3-scale|d3-shape|tus-js-client'),
        ],
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'no-dev-dependency-in-production',
      'The image of the services is installed without them.',
      { path: ['^(libs|services)/[^/]+/src/', '^cli/src/'], pathNot: '^libs/(testkit|local)/' },
      {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'local-without-testkit',
      'The testkit stands on local, not the other way.',
      { path: '^libs/local/src/' },
      { path: '^libs/testkit/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)\\.tap/|^web/dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
}
