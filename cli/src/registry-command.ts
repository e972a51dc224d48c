import type { Api } from '@songnhap/client'
import { checkForm, deleteForm, publishForm, showForm, showForms, uploadForm } from './forms.ts'
import { importUnits } from './import-units.ts'
import { importList, showLists } from './lists.ts'
import { findUnits, showUnitStates } from './units.ts'
import { UsageError } from './usage-error.ts'

export const REGISTRY_USAGE = `  forms                                       forms, drafts among them
  forms check|upload FORM.json                every error with its place; keep the form as a draft
  forms publish|delete|show NAME@VERSION      from publishing on it never changes
  lists                                       code lists by edition
  lists import LIST.csv --name NAME --date DAY --label-vi TEXT --label-en TEXT
                                              columns value[,code][,label_vi][,label_en][,aliases
                                              with ; between], or name and other_names
  units                                       the days whose administrative units are loaded
  units find NAME [--on DAY] [--level LEVEL]  tone marks tell places apart
  units import FILE.csv --valid-from DAY [--valid-to DAY] [--source TEXT] [--predecessors FILE.csv]
               [--unmatched FILE.csv] [--yes]
                                              all units of a day, columns code,level,name,parent_code
                                              [,type][,made_from|,predecessor_codes]; shows what it
                                              would do, then asks (--yes: does not ask); the second
                                              file has code,made_from|predecessor_codes`

export const REGISTRY_COMMANDS: ReadonlySet<string> = new Set(['forms', 'lists', 'units'])

/** What these commands take. */
export interface RegistryOptions {
  readonly name?: string | undefined
  readonly date?: string | undefined
  readonly 'label-vi'?: string | undefined
  readonly 'label-en'?: string | undefined
  readonly on?: string | undefined
  readonly level?: string | undefined
  readonly 'valid-from'?: string | undefined
  readonly 'valid-to'?: string | undefined
  readonly source?: string | undefined
  readonly predecessors?: string | undefined
  readonly unmatched?: string | undefined
  readonly yes?: boolean | undefined
}

type Carry = (signIn: () => Promise<Api>) => Promise<number>

/** Arguments are looked at before anybody is asked for a password. */
export function registryCommand(
  command: string,
  operands: readonly string[],
  options: RegistryOptions,
): Carry {
  const [verb, operand] = operands
  switch (command) {
    case 'forms':
      return formsCommand(verb, operand)
    case 'lists':
      return listsCommand(verb, operand, options)
    default:
      return unitsCommand(verb, operand, options)
  }
}

function formsCommand(verb: string | undefined, operand: string | undefined): Carry {
  if (verb === undefined) return async (signIn) => showForms(await signIn())
  const verbs = {
    check: checkForm,
    upload: uploadForm,
    publish: publishForm,
    delete: deleteForm,
    show: showForm,
  }
  if (!Object.hasOwn(verbs, verb)) throw unknownVerb('forms', verb)
  const act = verbs[verb as keyof typeof verbs]
  const what = needed(operand, verb === 'check' || verb === 'upload' ? 'FORM.json' : 'NAME@VERSION')
  return async (signIn) => act(await signIn(), what)
}

function listsCommand(
  verb: string | undefined,
  operand: string | undefined,
  options: RegistryOptions,
): Carry {
  if (verb === undefined) return async (signIn) => showLists(await signIn())
  if (verb !== 'import') throw unknownVerb('lists', verb)
  const file = needed(operand, 'LIST.csv')
  const edition = {
    name: needed(options.name, '--name'),
    date: day(needed(options.date, '--date'), '--date'),
    label: {
      vi: needed(options['label-vi'], '--label-vi'),
      en: needed(options['label-en'], '--label-en'),
    },
  }
  return async (signIn) => importList(await signIn(), file, edition)
}

function unitsCommand(
  verb: string | undefined,
  operand: string | undefined,
  options: RegistryOptions,
): Carry {
  if (verb === undefined) return async (signIn) => showUnitStates(await signIn())
  if (verb === 'find') {
    const name = needed(operand, 'NAME')
    const { level } = options
    const on = options.on === undefined ? undefined : day(options.on, '--on')
    return async (signIn) => findUnits(await signIn(), name, { on, level })
  }
  if (verb !== 'import') throw unknownVerb('units', verb)
  const file = needed(operand, 'FILE.csv')
  const validTo = options['valid-to']
  const settings = {
    validFrom: day(needed(options['valid-from'], '--valid-from'), '--valid-from'),
    validTo: validTo === undefined ? undefined : day(validTo, '--valid-to'),
    source: options.source,
    predecessors: options.predecessors,
    unmatched: options.unmatched,
    yes: options.yes === true,
  }
  return async (signIn) => importUnits(await signIn(), file, settings)
}

function day(text: string, option: string): string {
  const isDay = /^[12]\d{3}-\d{2}-\d{2}$/.test(text) && isInCalendar(text)
  if (!isDay) throw new UsageError(`${option} is a day, year first, as 2025-07-01`)
  return text
}

/** February 30 becomes a day of March. */
function isInCalendar(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new UsageError(`${name} is missing`)
  return value
}

function unknownVerb(command: string, verb: string): UsageError {
  return new UsageError(`unknown command ${command} ${verb}\n\n${REGISTRY_USAGE}`)
}
