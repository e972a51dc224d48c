import type { ChangedPassword, KeepingKey, Person, SignedIn } from '@songnhap/contracts'
import type { Kept } from '../keeping/kept.ts'
import {
  lockWithPassword,
  openWithPassword,
  openWithSecret,
  removeLocker,
} from '../keeping/lockers.ts'
import { type Cupboard, openCupboard } from '../keeping/open-cupboard.ts'
import { fromBase64Url } from '../keeping/seal.ts'
import { type Answer, call } from '../line/call.ts'
import type { Network } from '../line/network.svelte.ts'

export type PasswordOutcome = 'changed' | 'wrong' | 'same' | 'throttled' | 'ended' | 'unreachable'

export type SignInOutcome = 'in' | 'wrong' | 'wrong-offline' | 'throttled' | 'broken'

const OUTCOMES: Readonly<Record<string, PasswordOutcome>> = {
  PASSWORD_WRONG: 'wrong',
  PASSWORD_UNCHANGED: 'same',
  TOO_MANY_ATTEMPTS: 'throttled',
  NOT_SIGNED_IN: 'ended',
}

/** Signed out without a network: the session there is ended before anybody enters here again. */
const LEAVING = 'songnhap.leaving'

/** Who works here. Signed in with the gateway where it can be reached, else with the locker here. */
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

  constructor(network: Network) {
    this.#network = network
  }

  /** After a reload: the browser still has the session, and the gateway the key. */
  async start(): Promise<void> {
    if (localStorage.getItem(LEAVING) !== null) {
      await this.#leaveThere()
      this.state = 'out'
      return
    }
    // Both at once: on a weak line each takes a second.
    const [answer, secret] = await Promise.all([
      call<SignedIn>('GET', '/api/session').then((heard) => this.#network.heard(heard)),
      this.#askSecret(),
    ])
    if (answer.is === 'ok' && secret !== undefined) await this.#enter(answer.body, secret)
    else this.state = 'out'
  }

  async signIn(login: string, password: string): Promise<SignInOutcome> {
    const answer = await this.#signInThere(login, password)
    if (answer.is === 'ok') {
      const secret = await this.#askSecret()
      if (secret === undefined) return 'broken'
      await this.#enter(answer.body, secret, password)
      return 'in'
    }
    if (answer.is === 'refused' && answer.code !== 'UNAVAILABLE') {
      if (answer.code === 'TOO_MANY_ATTEMPTS') return 'throttled'
      return answer.status < 500 ? 'wrong' : 'broken'
    }
    const opened = await openWithPassword(await this.#openCupboard(), login, password)
    if (opened === undefined) return 'wrong-offline'
    this.#password = password
    this.#begin(opened.person, opened.kept)
    return 'in'
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
    const who = this.#network.heard(await call<SignedIn>('GET', '/api/session'))
    if (who.is === 'unreachable') return 'unreachable'
    if (who.is === 'ok' && who.body.personId === this.person?.personId) {
      if (who.body.mustChangePassword) this.mustChange ??= 'at work'
      return this.mustChange === undefined ? 'yes' : 'no'
    }
    if (who.is === 'refused' && who.code !== 'NOT_SIGNED_IN') return 'unreachable'
    return this.#password === undefined ? 'no' : await this.signInAgain(this.#password)
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
    if (this.person !== undefined) await this.#lock(this.person, newPassword)
    this.mustChange = undefined
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
    localStorage.setItem(LEAVING, 'yes')
    await this.#leaveThere()
    this.#password = undefined
    this.mustChange = undefined
    this.person = undefined
    this.kept = undefined
    this.state = 'out'
  }

  /** Who types and arbitrates may have left something at the other desk. */
  async #hasNothingElsewhere(): Promise<boolean> {
    const { person, kept } = this
    if (kept === undefined || person?.roles.length === 1) return true
    const drafts = await kept.all('draft')
    const rulings = await kept.all<{ readonly given: readonly unknown[] }>('rulings')
    return drafts.values.length === 0 && rulings.values.every(({ given }) => given.length === 0)
  }

  async #leaveThere(): Promise<void> {
    const answer = this.#network.heard(await call('DELETE', '/api/session'))
    const gone = answer.is === 'ok' || (answer.is === 'refused' && answer.code === 'NOT_SIGNED_IN')
    if (gone) localStorage.removeItem(LEAVING)
  }

  /** Another window works now; here it is as before the first moment. */
  leave(): void {
    this.#password = undefined
    this.mustChange = undefined
    this.person = undefined
    this.kept = undefined
    this.state = 'starting'
  }

  async #signInThere(login: string, password: string): Promise<Answer<SignedIn>> {
    const body = { login, password }
    const answer = this.#network.heard(await call<SignedIn>('POST', '/api/session', body))
    // The new session takes the place of one that could not be ended.
    if (answer.is === 'ok') localStorage.removeItem(LEAVING)
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
    const { kept } = await openWithSecret(cupboard, person, secret)
    this.#isFresh = true
    this.#begin(person, kept)
  }

  async #lock(person: Person, password: string): Promise<void> {
    const secret = await this.#askSecret()
    if (secret === undefined) return
    await lockWithPassword(await this.#openCupboard(), person, secret, password)
  }

  async #askSecret() {
    const answer = this.#network.heard(await call<KeepingKey>('GET', '/api/session/keeping-key'))
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
