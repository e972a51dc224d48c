import { element } from './element.js'

/** A schema as people read it: one line where that is enough, a list of fields for an object. */
export function showSchema(schema, words) {
  const fields = fieldsOf(schema)
  const inside = schema.items && !Array.isArray(schema.items) ? fieldsOf(schema.items) : []
  const shown = fields.length > 0 ? fields : inside
  return element(
    'div',
    {},
    element('span', { class: 'type' }, ...typeOf(schema, words)),
    ...(schema.description ? [' ', schema.description] : []),
    ...(shown.length > 0 ? [showFields(shown, words)] : []),
    ...(schema.anyOf ?? schema.allOf ?? [])
      .filter((member) => fieldsOf(member).length > 0)
      .map((member) => showFields(fieldsOf(member), words)),
  )
}

function showFields(fields, words) {
  return element(
    'ul',
    { class: 'fields' },
    ...fields.map(([name, part, isOptional]) =>
      element(
        'li',
        {},
        element('code', {}, name),
        isOptional ? ` (${words.optional})` : '',
        showSchema(part, words),
      ),
    ),
  )
}

function fieldsOf({ properties = {}, required = [], patternProperties = {} }) {
  return [
    ...Object.entries(properties).map(([name, part]) => [name, part, !required.includes(name)]),
    ...Object.entries(patternProperties).map(([pattern, part]) => [pattern, part, false]),
  ]
}

/** In a few words, with links to what has a name. */
function typeOf(schema, words) {
  if (schema.$ref) return [linkTo(schema.$ref)]
  if (schema.enum) return [schema.enum.join(' | ')]
  if ('const' in schema) return [JSON.stringify(schema.const)]
  const members = schema.anyOf ?? schema.allOf
  if (members) {
    return members.flatMap((member, at) => [...(at > 0 ? [' | '] : []), ...typeOf(member, words)])
  }
  const tuple = schema.prefixItems ?? (Array.isArray(schema.items) ? schema.items : undefined)
  if (tuple)
    return ['[', ...tuple.flatMap((one) => [...typeOf(one, words), ', ']).slice(0, -1), ']']
  if (schema.items) return [`${words.list}: `, ...typeOf(schema.items, words)]
  return [`${schema.type ?? ''}${boundsOf(schema)}`]
}

function boundsOf({ minimum, maximum, minLength, maxLength, format, pattern }) {
  const least = minimum ?? minLength
  const most = maximum ?? maxLength
  const range = least === undefined && most === undefined ? '' : `${least ?? ''}…${most ?? ''}`
  return [range, format, pattern].map((part) => (part ? ` ${part}` : '')).join('')
}

function linkTo(ref) {
  const name = ref.split('/').at(-1)
  return element('a', { href: `#schema-${name}` }, name)
}
