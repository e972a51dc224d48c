/** Shows the API documents that the gateway serves: what can be called, said and heard, and in what form. */
import { API_WORDS } from './api-words.js'
import { call } from './call.js'
import { element, show } from './element.js'
import { language } from './language.js'
import { showSchema } from './show-schema.js'

const at = (id) => document.getElementById(id)
let documents

at('language').addEventListener('click', () => {
  language.turn()
  showEverything()
})
at('filter').addEventListener('input', filter)
window.addEventListener('hashchange', goToAddress)
await load()

async function load() {
  showEverything()
  try {
    const [http, messages] = await Promise.all([
      call('GET', '/api/openapi.json'),
      call('GET', '/api/asyncapi.json'),
    ])
    documents = { http, messages }
    showEverything()
    goToAddress()
  } catch {
    at('notice').textContent = words().unreachable
  }
}

function words() {
  return API_WORDS[language.code]
}

function showEverything() {
  const { title, lead, otherLanguage, filter: label } = words()
  document.documentElement.lang = language.code
  at('title').textContent = title
  at('lead').textContent = lead
  at('language').textContent = otherLanguage
  at('filter-label').textContent = label
  if (documents === undefined) return
  const { http, messages } = documents
  show(
    at('parts'),
    part('http', operationsOf(http), http.info.description, '/api/openapi.json'),
    part('socket', socketOf(messages), wordsOfSocket(messages), '/api/asyncapi.json'),
    part('requests', requestsOf(messages), messages.info.description, '/api/asyncapi.json'),
    part('facts', factsOf(messages)),
    part('hints', hintsOf(messages)),
    part('schemas', schemasOf(http)),
  )
  filter()
}

/** Details are opened by whoever is looking for one: all at once they would be a very long page. */
function part(name, entries, description = '', file = '') {
  return element(
    'section',
    { id: name },
    element('h2', {}, `${words()[name]} (${entries.length})`),
    element('p', { class: 'hint' }, description),
    ...(file === '' ? [] : [element('p', {}, element('a', { href: file }, words().file))]),
    ...entries.map(entry),
  )
}

function entry({ id = '', verb, name, summary = '', inside }) {
  const details = element(
    'details',
    { ...(id === '' ? {} : { id }), 'data-name': `${verb} ${name}`.toLowerCase() },
    element(
      'summary',
      {},
      element('span', { class: 'verb' }, verb),
      element('code', {}, name),
      element('span', { class: 'words' }, summary),
    ),
  )
  details.addEventListener(
    'toggle',
    () => details.append(element('div', {}, ...inside().filter(Boolean))),
    { once: true },
  )
  return details
}

function operationsOf({ paths }) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      verb: method.toUpperCase(),
      name: path,
      summary: operation.summary,
      inside: () => aboutOperation(operation),
    })),
  )
}

function aboutOperation({ parameters, requestBody, responses, 'x-access': access }) {
  const named = parameters.filter(({ name }) => name !== undefined)
  const codes = Object.values(responses).flatMap((response) => response['x-problems'] ?? [])
  return [
    line(words().access, words()[access] ?? [access].flat().join(', ')),
    named.length > 0 && element('h4', {}, words().parameters),
    named.length > 0 && showSchema(objectOf(named), words()),
    ...contentOf(words().body, requestBody),
    ...Object.entries(responses)
      .filter(([status]) => Number(status) < 300)
      .flatMap(([status, response]) => contentOf(words().answer(status), response)),
    line(words().refusals, codes.join(', ')),
  ]
}

function objectOf(parameters) {
  return {
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  }
}

function contentOf(title, body) {
  return Object.entries(body?.content ?? {}).flatMap(([kind, { schema = {} }]) => [
    element('h4', {}, `${title}: ${kind}`),
    showSchema(schema, words()),
  ])
}

function socketOf({ channels, operations }) {
  return Object.entries(channels.stream.messages).map(([type, { payload }]) => {
    const { action, reply } = operations[`stream.${type}`]
    return {
      verb: action === 'receive' ? words().fromClient : words().fromServer,
      name: type,
      inside: () => [
        showSchema(payload, words()),
        reply &&
          line(
            words().answeredBy,
            reply.messages.map(({ $ref }) => $ref.split('/').at(-1)).join(', '),
          ),
      ],
    }
  })
}

function wordsOfSocket({ channels: { stream } }) {
  const codes = Object.entries(stream['x-close-codes']).map(([name, code]) => `${code} ${name}`)
  return `${stream.description} ${words().closes}: ${codes.sort().join(', ')}.`
}

function requestsOf({ channels, operations }) {
  return idsOf(channels, 'ask.').map((id) => ({
    verb: operations[id]['x-owner'],
    name: channels[id].address,
    summary: channels[id].description,
    inside: () => [
      line(words().asks, operations[id]['x-askers'].join(', ')),
      element('h4', {}, words().body),
      showSchema(channels[id].messages.request.payload, words()),
      element('h4', {}, words().reply),
      showSchema(channels[id.replace('ask.', 'answer.')].messages.reply.payload, words()),
    ],
  }))
}

function factsOf({ channels, operations }) {
  return idsOf(channels, 'fact.').flatMap((id) =>
    Object.entries(channels[id].messages).map(([kind, { summary, payload }]) => ({
      verb: operations[id]['x-speakers'].join(),
      name: kind,
      summary,
      inside: () => [
        line(words().follows, channels[id]['x-followers'].join(', ')),
        showSchema(payload.properties.body, words()),
      ],
    })),
  )
}

function hintsOf({ channels, operations }) {
  const ids = [...idsOf(channels, 'push.'), ...idsOf(channels, 'poke.')]
  return ids.map((id) => ({
    verb: id.split('.')[0],
    name: channels[id].address,
    summary: channels[id].description,
    inside: () => [
      line(words().says, operations[id]['x-speakers'].join(', ')),
      line(words().hears, (operations[id]['x-hearers'] ?? operations[id]['x-speakers']).join(', ')),
      ...Object.values(channels[id].messages).map(({ payload }) => showSchema(payload, words())),
    ],
  }))
}

function schemasOf({ components }) {
  return Object.entries(components.schemas).map(([name, schema]) => ({
    id: `schema-${name}`,
    verb: '',
    name,
    summary: schema.description,
    inside: () => [showSchema({ ...schema, description: '' }, words())],
  }))
}

function idsOf(channels, prefix) {
  return Object.keys(channels)
    .filter((id) => id.startsWith(prefix))
    .sort()
}

function line(title, text) {
  return text !== '' && element('p', {}, `${title}: ${text}`)
}

function filter() {
  const wanted = at('filter').value.trim().toLowerCase()
  for (const details of document.querySelectorAll('details')) {
    details.hidden = !details.dataset.name.includes(wanted)
  }
}

/** A link to a kind of data opens it. */
function goToAddress() {
  const found = document.getElementById(location.hash.slice(1))
  if (found === null) return
  found.hidden = false
  if (found instanceof HTMLDetailsElement) found.open = true
  found.scrollIntoView()
}
