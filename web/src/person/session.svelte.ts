import type { ChangedPassword, KeepingKey, Person, SignedIn } from '@songnhap/contracts'
import { holdOpen, letShut, openHeld } from '../keeping/held-open.ts'
import type { Kept } from '../keeping/kept.ts'
import {
  lockWithPassword,
  openWithPassword,
  openWithSecret,
  removeLocker,
} from '../keeping/lockers.ts'
import { type Cupboard, openCupboard } from '../keeping/open-cupboard.ts'
import { fromBase64Url } from '../keeping/seal.ts'
import { type Answer, call, callTwice } from '../line/call.ts'
import type { Network } from '../line/network.svelte.ts'
import { Leaving } from './leaving.ts'

export type PasswordOutcome = 'changed' | 'wrong' | 'same' | 'throttled' | 'ended' | 'unreachable'

export type SignInOutcome = 'in' | 'wrong' | 'wrong-offline' | 'throttled' | 'broken'

const OUTCOMES: Readonly<Record<string, PasswordOutcome>> = {
  PASSWORD_WRONG: 'wrong',
  PASSWORD_UNCHANGED: 'same',
  TOO_MANY_ATTEMPTS: 'throttled',
  NOT_SIGNED_IN: 'ended',
}

/** Small questions, which somebody may wait for: a line that has not answered by then is taken for lost. */
const WAIT_MAX_MS = 15_000

/**
 * Who works here. A reload opens what this computer holds open, and asks the gateway beside it; else one
 * signs in, with the gateway where it can be reached, else with the locker here.
 */
export class Session {
  state = $state<'starting' | 'out' | 'in'>('starting')
  person = $state.raw<Person>()
  /** Somebody else chose the password: nothing else is open until it is changed; work at a desk goes on after. */
  mustChange = $state<'before work' | 'at work'>()
  kept: Kept | undefined
  readonly #network: Network
  #cupboard: Cupboard | undefined
  /** Only between signing in without a network and reaching the gateway: then it signs in there. */
  #password: string | undefined
  /** The gateway has just said who is signed in, and need not be asked again at once. */
  #isFresh = false
  /** Opened from this computer; the gateway has not said yet that the session holds. */
  #isUnproven = false
  #asking: Promise<'yes' | 'no' | 'unreachable'> | undefined
  readonly #leaving: Leaving

  constructor(network: Network) {
    this.#network = network
    this.#leaving = new Leaving(network)
  }

  /** After a reload: the browser still has the session, and this computer or the gateway the key. */
  async start(): Promise<void> {
    if (this.#leaving.isDue) {
      this.state = 'out'
      await this.#leaving.atLast(() => this.state === 'out')
      return
    }
    const held = await openHeld(await this.#openCupboard())
    if (held !== undefined) {
      this.#isUnproven = true
      this.#begin(held.person, held.kept)
      await this.#prove()
      return
    }
    // Both at once: on a weak line each takes a second.
    const [answer, secret] = await Promise.all([
      callTwice<SignedIn>('GET', '/api/session', undefined, WAIT_MAX_MS).then((heard) =>
        this.#network.heard(heard),
      ),
      this.#askSecret(),
    ])
    if (answer.is === 'ok' && secret !== undefined) await this.#enter(answer.body, secret)
    else this.state = 'out'
  }

  /** Until it is known whether the session holds; at a desk that asks too, nothing is asked twice. */
  async #prove(): Promise<void> {
    while (this.#isUnproven && (await this.isThere()) === 'unreachable') {
      await wait(this.#network.waitMs)
    }
  }

  async signIn(login: string, password: string): Promise<SignInOutcome> {
    return await this.#leaving.holdWhile(() => this.#signIn(login, password))
  }

  async #signIn(login: string, password: string): Promise<SignInOutcome> {
    let answer = await this.#signInThere(login, password)
    if (answer.is === 'unreachable' || (answer.is === 'refused' && answer.code === 'UNAVAILABLE')) {
      if (await this.#openHere(login, password)) return 'in'
      // Nobody's here: then one lost request is no reason to ask for the password again.
      if (answer.is === 'refused' || !navigator.onLine) return 'wrong-offline'
      answer = await this.#signInThere(login, password)
    }
    if (answer.is === 'unreachable') return 'wrong-offline'
    if (answer.is === 'ok') {
      const secret = await this.#askSecret()
      if (secret === undefined) return 'broken'
      await this.#enter(answer.body, secret, password)
      return 'in'
    }
    if (answer.code === 'TOO_MANY_ATTEMPTS') return 'throttled'
    return answer.status < 500 ? 'wrong' : 'broken'
  }

  async #openHere(login: string, password: string): Promise<boolean> {
    const cupboard = await this.#openCupboard()
    const opened = await openWithPassword(cupboard, login, password)
    if (opened === undefined) return false
    await letShut(cupboard)
    this.#password = password
    this.#begin(opened.person, opened.kept)
    return true
  }

  /**
   * Whether the browser's session with the gateway is this person's; where there is none, it signs in
   * again if it can. Somebody else's would send work under a wrong name.
   */
  async isThere(): Promise<'yes' | 'no' | 'unreachable'> {
    if (this.#isFresh) {
      this.#isFresh = false
      return 'yes'
    }
    this.#asking ??= this.#askWho().finally(() => {
      this.#asking = undefined
    })
    return await this.#asking
  }

  async #askWho(): Promise<'yes' | 'no' | 'unreachable'> {
    const { person } = this
    const asked = await call<SignedIn>('GET', '/api/session', undefined, WAIT_MAX_MS)
    const who = this.#network.heard(asked)
    // Somebody signed out meanwhile, or another window works now.
    if (who.is === 'unreachable' || this.person !== person) return 'unreachable'
    if (who.is === 'ok' && who.body.personId === person?.personId) {
      const { mustChangePassword, ...now } = who.body
      if (mustChangePassword) this.mustChange ??= 'at work'
      if (this.#isUnproven) await this.#proved(person, now)
      return this.mustChange === undefined ? 'yes' : 'no'
    }
    if (who.is === 'refused' && who.code !== 'NOT_SIGNED_IN') return 'unreachable'
    if (this.#isUnproven) await this.#turnOut()
    return this.#password === undefined ? 'no' : await this.signInAgain(this.#password)
  }

  /** A new name or a new desk since the computer learnt who this is. */
  async #proved(before: Person, now: Person): Promise<void> {
    this.#isUnproven = false
    const same = before.name === now.name && before.roles.join() === now.roles.join()
    if (same) return
    this.person = now
    const secret = await this.#askSecret()
    if (secret !== undefined) await holdOpen(await this.#openCupboard(), now, secret)
  }

  /**
   * What was opened here was not this person's to open any more. The desk saves what was typed as it
   * goes, sealed as ever; whoever signs in finds it.
   */
  async #turnOut(): Promise<void> {
    await letShut(await this.#openCupboard())
    this.leave()
    this.state = 'out'
  }

  /** The same person, with the desk as it stands. */
  async signInAgain(password: string): Promise<'yes' | 'no' | 'unreachable'> {
    const { person } = this
    if (person === undefined) return 'no'
    const answer = await this.#signInThere(person.login, password)
    if (answer.is === 'refused') {
      this.#password = undefined
      return 'no'
    }
    if (answer.is === 'unreachable') return 'unreachable'
    this.#password = undefined
    if (answer.body.mustChangePassword) this.mustChange = 'at work'
    await this.#lock(answer.body, password)
    return answer.body.personId === person.personId ? 'yes' : 'no'
  }

  /** Here and at the gateway; other computers learn it when they sign in there. */
  async changePassword(oldPassword: string, newPassword: string): Promise<PasswordOutcome> {
    const body: ChangedPassword = { oldPassword, newPassword }
    const answer = this.#network.heard(await call('POST', '/api/me/password', body))
    if (answer.is === 'unreachable') return 'unreachable'
    if (answer.is === 'refused') return OUTCOMES[answer.code] ?? 'unreachable'
    this.mustChange = undefined
    if (this.person !== undefined) await this.#lock(this.person, newPassword)
    return 'changed'
  }

  /** What was never sent stays, sealed; with nothing left the computer forgets the person. */
  async signOut(everythingSent: boolean): Promise<void> {
    const { person, kept } = this
    const nothingElsewhere = await this.#hasNothingElsewhere()
    if (everythingSent && nothingElsewhere && person !== undefined) {
      await kept?.clear()
      await removeLocker(await this.#openCupboard(), person.login)
    }
    this.#leaving.begin()
    // First here: a line that stands still keeps nobody signed in at this computer.
    await letShut(await this.#openCupboard())
    this.leave()
    this.state = 'out'
    await this.#leaving.atLast(() => this.state === 'out')
  }

  /** Who types and arbitrates may have left something at the other desk. */
  async #hasNothingElsewhere(): Promise<boolean> {
    const { person, kept } = this
    if (kept === undefined || person?.roles.length === 1) return true
    const drafts = await kept.all('draft')
    const rulings = await kept.all<{ readonly given: readonly unknown[] }>('rulings')
    return drafts.values.length === 0 && rulings.values.every(({ given }) => given.length === 0)
  }

  /** Another window works now; here it is as before the first moment. */
  leave(): void {
    this.#password = undefined
    this.#isFresh = false
    this.#isUnproven = false
    this.mustChange = undefined
    this.person = undefined
    this.kept = undefined
    this.state = 'starting'
  }

  async #signInThere(login: string, password: string): Promise<Answer<SignedIn>> {
    const body = { login, password }
    const asked = await call<SignedIn>('POST', '/api/session', body, WAIT_MAX_MS)
    const answer = this.#network.heard(asked)
    if (answer.is === 'ok') this.#leaving.isOver()
    return answer
  }

  async #enter(
    { mustChangePassword, ...person }: SignedIn,
    secret: Uint8Array<ArrayBuffer>,
    password?: string,
  ): Promise<void> {
    if (mustChangePassword) this.mustChange = 'before work'
    const cupboard = await this.#openCupboard()
    if (password !== undefined) await lockWithPassword(cupboard, person, secret, password)
    if (mustChangePassword) await letShut(cupboard)
    else await holdOpen(cupboard, person, secret)
    const { kept } = await openWithSecret(cupboard, person, secret)
    this.#isFresh = true
    this.#begin(person, kept)
  }

  async #lock(person: Person, password: string): Promise<void> {
    const secret = await this.#askSecret()
    if (secret === undefined) return
    const cupboard = await this.#openCupboard()
    await lockWithPassword(cupboard, person, secret, password)
    if (this.mustChange === undefined) await holdOpen(cupboard, person, secret)
  }

  async #askSecret() {
    const path = '/api/session/keeping-key'
    const asked = await callTwice<KeepingKey>('GET', path, undefined, WAIT_MAX_MS)
    const answer = this.#network.heard(asked)
    return answer.is === 'ok' ? fromBase64Url(answer.body.keepingKey) : undefined
  }

  #begin(person: Person, kept: Kept): void {
    this.person = person
    this.kept = kept
    this.state = 'in'
  }

  async #openCupboard(): Promise<Cupboard> {
    this.#cupboard ??= await openCupboard()
    return this.#cupboard
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((go) => setTimeout(go, ms))
}
