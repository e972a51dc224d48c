import type { FieldKind } from '@songnhap/contracts'
import { type FormKeyword, here } from './form-keyword.ts'
import { kindOfField } from './kind-of-field.ts'
import { type Loose, objectOf } from './loose-json.ts'

/** `onlyForKinds: {"/list": ["choice"]}`: what would have no effect is refused: somebody relied on it. */
export const ONLY_FOR_KINDS: FormKeyword<Readonly<Record<string, readonly FieldKind[]>>> = {
  name: 'onlyForKinds',
  find: (kindsOf, { data }) => {
    const kind = kindOfField(objectOf(data)['kind'])
    if (kind === undefined) return []
    return Object.entries(kindsOf)
      .filter(([pointer, kinds]) => isThere(data, pointer) && !kinds.some((fits) => fits === kind))
      .map(([pointer, kinds]) => ({
        pointer,
        message: `has no meaning for a ${kind}, only for ${kinds.join(', ')}`,
      }))
  },
}

function isThere(data: unknown, pointer: string): boolean {
  let part: Loose = { '': data }
  for (const step of pointer.split('/')) {
    if (!Object.hasOwn(part, step)) return false
    part = objectOf(part[step])
  }
  return true
}

/** `optionsOrList: true`: a choice has one of the two, and not both. */
export const OPTIONS_OR_LIST: FormKeyword<true> = {
  name: 'optionsOrList',
  find: (_, { data }) => {
    const field = objectOf(data)
    if (field['kind'] !== 'choice') return []
    const [options, list] = [Object.hasOwn(field, 'options'), Object.hasOwn(field, 'list')]
    if (options && list) return [{ pointer: '/list', message: 'must not stand beside options' }]
    return options || list ? [] : [here('is a choice and needs options or a list')]
  },
}

/** `coreIfCritical: true`: what tells one person from another is keyed twice. */
export const CORE_IF_CRITICAL: FormKeyword<true> = {
  name: 'coreIfCritical',
  find: (_, { data }) => {
    const field = objectOf(data)
    return field['class'] === 'identity-critical' && field['entry'] === 'single'
      ? [{ pointer: '/entry', message: 'must not be single where the class is identity-critical' }]
      : []
  },
}

/** `someCore: true`: with single fields alone nothing would be compared. */
export const SOME_CORE: FormKeyword<true> = {
  name: 'someCore',
  find: (_, { form }) => {
    const fields = [...form.fields.values()]
    const single = fields.length > 0 && fields.every((field) => field['entry'] === 'single')
    return single ? [here('must have a core field: single fields are never compared')] : []
  },
}
