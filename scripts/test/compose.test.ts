/**
 * Goal: docker-compose.yml stays true to the code without an engine to try it on. Method: read it
 * as data and hold it against the services' own configurations and what `prepare` writes.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SERVICES, type ServiceName } from '@songnhap/contracts'
import { CommonConfig } from '@songnhap/runtime'
import { asArguments, POSTGRES_LOCALE, POSTGRES_SETTINGS, secretSettings } from '@songnhap/setup'
import { t } from 'tap'
import { parse } from 'yaml'
import { ROOT } from '../run-command.ts'

interface Container {
  readonly image: string
  readonly build?: { readonly dockerfile: string }
  readonly user?: string
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly volumes: readonly string[]
  readonly restart?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly logging?: { readonly options: Readonly<Record<string, string>> }
  readonly networks?: readonly string[]
  readonly ports?: readonly string[]
}

interface Schema {
  readonly properties: Readonly<Record<string, object>>
  readonly required: readonly string[]
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const COMPOSE: {
  readonly services: Readonly<Record<string, Container>>
  readonly volumes: Readonly<Record<string, object>>
} = parse(read('docker-compose.yml'), { merge: true })
const { setup, postgres, nats, migrate } = COMPOSE.services
/** Node reads it by itself: where a day begins in supervisors' figures. */
const TIME_ZONE = 'TZ'
const ONE_SHOT = ['setup', 'migrate']

t.test('S21: all containers are there, and the four services are contained alike', async (t) => {
  t.same(
    Object.keys(COMPOSE.services).sort(),
    [...SERVICES, ...ONE_SHOT, 'postgres', 'nats'].sort(),
  )
  for (const name of SERVICES) {
    const service = containerOf(name)
    t.equal(service.user, '1000:1000', `${name} is not root`)
    t.equal(service.read_only, true)
    t.same(service.cap_drop, ['ALL'])
    t.same(service.command, ['--env-file=/secrets/settings.env', `services/${name}/src/main.ts`])
    t.equal(service.image, setup?.image)
    t.same(Object.keys(service.depends_on ?? {}).sort(), ['migrate', 'nats'])
    t.same(service.networks, name === 'gateway' ? ['inside', 'outside'] : ['inside'])
  }
  t.match(containerOf('gateway').ports, [/^\$\{SONGNHAP_LISTEN:-127\.0\.0\.1\}:/])
})

t.test(
  'S21: whatever keeps running is checked, started again, and bounded in its log',
  async (t) => {
    for (const [name, container] of Object.entries(COMPOSE.services)) {
      const oneShot = ONE_SHOT.includes(name)
      t.equal(container.restart, oneShot ? 'on-failure:5' : 'unless-stopped', name)
      t.equal(container.healthcheck === undefined, oneShot)
      t.ok(container.logging?.options['max-size'])
    }
    const health = Object.values(containerOf('intake').environment ?? {})
    t.ok(
      containerOf('intake')
        .healthcheck?.test.join(' ')
        .includes(health[0] ?? '?'),
    )
  },
)

for (const name of SERVICES) {
  t.test(
    `S21: ${name} is given every setting that it needs, and none that it does not know`,
    async (t) => {
      const { properties, required } = await configOf(name)
      const secrets = secretSettings({ secret: (of) => of }, name, { postgres: 'p:1', nats: 'n:1' })
      const plain = containerOf(name).environment ?? {}
      const given = [...Object.keys(plain), ...Object.keys(secrets)]
      t.same(
        required.filter((setting) => !given.includes(setting)),
        [],
        'missing',
      )
      t.same(
        given.filter((setting) => !(setting in properties) && setting !== TIME_ZONE),
        [],
        'unknown',
      )
      t.notMatch(Object.keys(plain).join(' '), /PASSWORD|_URL/, 'secrets stand in no file of ours')
    },
  )
}

t.test(
  'S21: each service reaches its own secrets and no others; intake and gateway the images',
  async (t) => {
    for (const name of SERVICES) {
      const images = ['intake', 'gateway'].includes(name) ? ['images:/data/images'] : []
      t.same(containerOf(name).volumes, [...images, `${name}-secrets:/secrets:ro`])
    }
    t.same(postgres?.volumes, ['postgres:/var/lib/postgresql', 'postgres-secrets:/secrets:ro'])
    t.same(nats?.volumes, ['nats:/data/nats', 'nats-secrets:/secrets:ro'])
    t.same(migrate?.volumes, ['passwords:/secrets/passwords:ro'])
    t.same(setup?.volumes, [
      'passwords:/secrets/passwords',
      ...['postgres', 'nats', ...SERVICES].map((room) => `${room}-secrets:/secrets/${room}`),
      'images:/data/images',
      'nats:/data/nats',
    ])
    const mounted = Object.values(COMPOSE.services).flatMap(({ volumes }) => volumes)
    const names = new Set(mounted.map((mount) => mount.split(':')[0]))
    t.same([...names].sort(), Object.keys(COMPOSE.volumes).sort(), 'declared and used are the same')
  },
)

t.test('S21: PostgreSQL is told what it is told everywhere', async (t) => {
  t.same(postgres?.command, ['postgres', ...asArguments(POSTGRES_SETTINGS)])
  t.equal(
    postgres?.environment?.['POSTGRES_INITDB_ARGS'],
    ['--encoding=UTF8', ...POSTGRES_LOCALE].join(' '),
  )
})

t.test('S21: the image holds what the containers run, as nobody in particular', async (t) => {
  const recipe = read('Containerfile')
  t.equal(setup?.build?.dockerfile, 'Containerfile')
  t.match(recipe, /^USER 1000:1000$/m)
  t.match(recipe, /^ENTRYPOINT \["node"\]$/m)
  for (const workspace of ['cli', ...SERVICES.map((name) => `services/${name}`)]) {
    t.match(recipe, `--workspace=${workspace} `.trim())
  }
  const letIn = read('.dockerignore').split('\n')
  for (const folder of ['cli', 'libs', 'services']) t.ok(letIn.includes(`!${folder}`))
  for (const command of [setup?.command[0], migrate?.command[0]]) {
    t.match(read('cli/src/main.ts'), `command === '${command}'`)
  }
})

function containerOf(name: ServiceName): Container {
  const container = COMPOSE.services[name]
  if (container === undefined) throw new Error(`docker-compose.yml has no ${name}`)
  return container
}

/** By its path, because only this test, which checks all of them, may look into a service. */
async function configOf(name: ServiceName): Promise<Schema> {
  const module: Record<string, Schema> = await import(`${ROOT}/services/${name}/src/config.ts`)
  const own = Object.entries(module).find(([exported]) => exported.endsWith('Config'))?.[1]
  if (own === undefined) throw new Error(`${name} has no configuration`)
  return {
    properties: { ...CommonConfig.properties, ...own.properties },
    required: [...CommonConfig.required, ...own.required].filter(
      (setting) =>
        !('default' in ({ ...CommonConfig.properties, ...own.properties }[setting] ?? {})),
    ),
  }
}
