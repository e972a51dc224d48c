/** The page at the door: how the services are, signing in, and what a supervisor wants to know. */
import { call, Refused } from './call.js'
import { element, show } from './element.js'
import { showCampaigns, showDeadLetters } from './supervision.js'
import { language, timeOfDay, words } from './words.js'

const LOOK_AGAIN_MS = 10_000

const at = (id) => document.getElementById(id)
let person = null
let unreachableSince = null

at('language').addEventListener('click', () => {
  language.turn()
  void refresh()
})
at('sign-in').addEventListener('submit', (event) => {
  event.preventDefault()
  void signIn(event.target)
})
at('sign-out').addEventListener('click', () => void signOut())

await refresh()
setInterval(() => {
  if (!document.hidden) void refresh()
}, LOOK_AGAIN_MS)

/** Asks everything anew. What cannot be had now is said in words, and asked for again. */
async function refresh() {
  translate()
  await attempt(async () => {
    await showServices()
    person = await whoIsThere()
    showParts()
    if (isSupervising()) await showSupervision()
  })
}

async function attempt(work) {
  try {
    const said = await work()
    unreachableSince = null
    at('notice').textContent = said ?? ''
  } catch (error) {
    if (error instanceof Refused) at('notice').textContent = error.message
    else {
      unreachableSince ??= timeOfDay()
      at('notice').textContent = words().unreachable(unreachableSince)
    }
  }
}

function translate() {
  document.documentElement.lang = language.code
  for (const node of document.querySelectorAll('[data-text]')) {
    node.textContent = words()[node.dataset.text]
  }
}

async function showServices() {
  const { services } = await call('GET', '/api/health')
  const w = words()
  show(
    at('services'),
    ...services.map(({ service, answers }) =>
      element(
        'li',
        { class: answers ? 'done' : 'blocked' },
        `${w[service]}: ${answers ? w.answers : w.silent}`,
      ),
    ),
  )
  at('services-seen').textContent = w.seenAt(timeOfDay())
}

async function whoIsThere() {
  try {
    return await call('GET', '/api/session')
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null
    throw error
  }
}

function showParts() {
  const has = (...roles) => person?.roles.some((role) => roles.includes(role)) ?? false
  at('who').textContent = person?.name ?? ''
  at('sign-out').hidden = person === null
  at('signing-in').hidden = person !== null
  at('desk').hidden = !has('typist', 'arbiter')
  at('supervision').hidden = !isSupervising()
}

function isSupervising() {
  return person?.roles.includes('supervisor') ?? false
}

async function showSupervision() {
  await showCampaigns(at('campaigns'))
  await showDeadLetters(at('dead-letters'), async (work) => {
    await attempt(work)
    const said = at('notice').textContent
    await showSupervision()
    at('notice').textContent = said
  })
}

async function signIn(form) {
  const problem = at('sign-in-problem')
  problem.textContent = ''
  try {
    await call('POST', '/api/session', {
      login: form.login.value.trim(),
      password: form.password.value,
    })
    form.reset()
    await refresh()
    at('language').focus()
  } catch (error) {
    problem.textContent =
      error instanceof Refused ? error.message : words().unreachable(timeOfDay())
  }
}

async function signOut() {
  await attempt(async () => {
    await call('DELETE', '/api/session')
    show(at('campaigns'))
    show(at('dead-letters'))
  })
  await refresh()
}
