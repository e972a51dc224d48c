import { parseArgs } from 'node:util'
import { ownScans, type PageSource, samplePages } from '@songnhap/demo'

export const DEMO_USAGE = `npm run demo -- [--pages 200] [--typists 6] [--arbiters 2] [--seed 1] [--json]
npm run demo -- --images FOLDER --form FORM.json --truth TRUTH.csv [--typists 6] …
  TRUTH.csv: item,field,value – item is the image's name without ending, #, and the record
npm run demo -- --instances 2 --rolling-restart [--kill] …
  so many processes of every service; each is restarted while people work, with --kill by SIGKILL
npm run demo -- --trial [--pages 5000] [--typists 40] [--arbiters 6] [--seed 1] [--seeds 10] [--json]
  people of known accuracy, two pairs that copy, one who tires, one careless arbiter, audits: what was
  measured of them beside what is true, for one seed or several one after the other (5 minutes each)`

const OPTIONS = {
  pages: { type: 'string' },
  typists: { type: 'string' },
  arbiters: { type: 'string' },
  seed: { type: 'string', default: '1' },
  images: { type: 'string' },
  form: { type: 'string' },
  truth: { type: 'string' },
  instances: { type: 'string', default: '1' },
  'rolling-restart': { type: 'boolean', default: false },
  kill: { type: 'boolean', default: false },
  trial: { type: 'boolean', default: false },
  seeds: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

export interface TrialRequest {
  readonly trial: true
  readonly pages: number
  readonly typists: number
  readonly arbiters: number
  /** The first of so many that follow on each other. */
  readonly seed: number
  readonly seeds: number
  readonly json: boolean
}

export interface DemoPlan {
  readonly trial: false
  readonly typists: number
  readonly arbiters: number
  readonly seed: number
  readonly source: PageSource
  /** Processes of each service. */
  readonly instances: number
  /** How every process is ended once while people work, if it is. */
  readonly restart: 'SIGTERM' | 'SIGKILL' | undefined
  readonly json: boolean
}

/** What was asked for, or that help was. Throws, in words, whatever is wrong with it. */
export async function readDemoPlan(args: string[]): Promise<DemoPlan | TrialRequest | 'help'> {
  const { values } = parseArgs({ args, options: OPTIONS })
  if (values.help) return 'help'
  if (values.kill && !values['rolling-restart'])
    throw new Error('--kill goes with --rolling-restart')
  const seed = whole('seed', values.seed, 0)
  if (values.trial) {
    return {
      trial: true,
      pages: whole('pages', values.pages ?? '5000', 34),
      typists: whole('typists', values.typists ?? '40', 10),
      arbiters: whole('arbiters', values.arbiters ?? '6', 3),
      seed,
      seeds: whole('seeds', values.seeds, 1),
      json: values.json,
    }
  }
  return {
    trial: false,
    typists: whole('typists', values.typists ?? '6', 2),
    arbiters: whole('arbiters', values.arbiters ?? '2', 1),
    seed,
    source: await openSource(values, seed),
    instances: whole('instances', values.instances, 1),
    restart: values['rolling-restart'] ? (values.kill ? 'SIGKILL' : 'SIGTERM') : undefined,
    json: values.json,
  }
}

async function openSource(
  {
    images,
    form,
    truth,
    pages,
  }: { images?: string; form?: string; truth?: string; pages?: string },
  seed: number,
): Promise<PageSource> {
  if (images === undefined && form === undefined && truth === undefined) {
    return await samplePages(whole('pages', pages ?? '200', 1), seed)
  }
  if (images === undefined || form === undefined || truth === undefined) {
    throw new Error('--images, --form and --truth go together')
  }
  return await ownScans(images, form, truth)
}

function whole(name: string, text: string, min: number): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < min) {
    throw new Error(`--${name} must be a whole number of at least ${min}`)
  }
  return value
}
