import type { Appeal, Charge, FormDefinition, ReplyOf, readOwnAccuracy } from '@songnhap/contracts'
import { formOnPage } from '../desk/form-on-page.ts'
import { call } from '../line/call.ts'
import type { Network } from '../line/network.svelte.ts'
import { textOf } from '../words/language.svelte.ts'

type Own = ReplyOf<typeof readOwnAccuracy>
interface Refusal {
  readonly vi: string
  readonly en: string
  readonly details: readonly string[]
}

/** A person's own figures and errors, with what became of appeals. */
export class OwnView {
  own = $state.raw<Own>()
  charges = $state.raw<readonly Charge[]>([])
  appeals = $state.raw<readonly Appeal[]>([])
  /** By name and version. */
  forms = $state.raw<Readonly<Record<string, FormDefinition>>>({})
  isBroken = $state(false)
  more = $state(false)
  readonly #network: Network

  constructor(network: Network) {
    this.#network = network
  }

  async load(): Promise<void> {
    this.isBroken = false
    const [own, appeals] = await Promise.all([
      this.#ask<Own>('GET', '/api/me/accuracy'),
      this.#ask<{ appeals: Appeal[] }>('GET', '/api/me/appeals'),
    ])
    if (own.is !== 'ok' || appeals.is !== 'ok') {
      this.isBroken = true
      return
    }
    this.own = own.body
    this.appeals = appeals.body.appeals
    this.#add([], own.body)
    await this.#loadForms()
  }

  async loadMore(): Promise<void> {
    const last = this.charges.at(-1)
    const answer = await this.#ask<Own>('GET', `/api/me/accuracy?after=${last?.chargeId ?? ''}`)
    if (answer.is !== 'ok') {
      this.isBroken = true
      return
    }
    this.#add(this.charges, answer.body)
    await this.#loadForms()
  }

  /** In words why not; nothing when it was taken. */
  async appeal(
    { pageId, record, field }: Charge,
    appealId: string,
  ): Promise<Refusal | undefined | 'unreachable'> {
    const answer = await this.#ask<Appeal>('POST', '/api/me/appeals', {
      appealId,
      pageId,
      record,
      field,
    })
    if (answer.is === 'unreachable') return 'unreachable'
    if (answer.is === 'refused') return { ...answer.message, details: answer.details }
    this.appeals = [answer.body, ...this.appeals]
    return undefined
  }

  appealOf({ pageId, record, field }: Charge): Appeal | undefined {
    return this.appeals.find(
      (one) => one.pageId === pageId && one.record === record && one.field === field,
    )
  }

  /** What the form calls a field, as far as a form is known. */
  labelOf(field: string): string {
    const known = Object.values(this.forms)
      .flatMap(({ fields }) => fields)
      .find(({ name }) => name === field)
    return known === undefined ? field : textOf(known.label)
  }

  /** As it lies on the charge's page. */
  formOf(charge: Charge): FormDefinition | undefined {
    const form = this.forms[`${charge.form.name} ${charge.form.version}`]
    return form && formOnPage(form, charge)
  }

  #add(before: readonly Charge[], { charges, more }: Own): void {
    this.charges = [...before, ...charges]
    this.more = more
  }

  async #loadForms(): Promise<void> {
    for (const { form } of this.charges) {
      const key = `${form.name} ${form.version}`
      if (this.forms[key] !== undefined) continue
      const answer = await this.#ask<FormDefinition>(
        'GET',
        `/api/forms/${form.name}/${form.version}`,
      )
      if (answer.is === 'ok') this.forms = { ...this.forms, [key]: answer.body }
    }
  }

  async #ask<T>(method: 'GET' | 'POST', path: string, body?: unknown) {
    return this.#network.heard(await call<T>(method, path, body))
  }
}
