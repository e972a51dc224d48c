import type { ArbitrationAssignment, Ruling } from '@songnhap/contracts'
import type { Kept } from '../keeping/kept.ts'
import { Saver } from '../keeping/saver.svelte.ts'
import type { Case } from './docket.ts'
import {
  isDecided,
  lastGiven,
  type PageRulings,
  rulingOn,
  withoutRuling,
  withRuling,
} from './page-rulings.ts'

type ByPage = ReadonlyMap<string, PageRulings>

/** What is decided and not in the outbox yet: kept sealed within a second, and open to second thoughts. */
export class GivenRulings {
  all = $state.raw<ByPage>(new Map())
  readonly saver: Saver<ByPage>
  readonly #kept: Kept
  #number = 0

  constructor(kept: Kept) {
    this.#kept = kept
    this.saver = new Saver((all) => this.#keep(all))
  }

  async load(): Promise<void> {
    const { values } = await this.#kept.all<PageRulings>('rulings')
    this.all = new Map(values.map((one) => [one.pageId, one]))
    this.#number = lastGiven(values)?.number ?? 0
    if (!this.any) return
    this.saver.state = 'saved'
    this.saver.savedAt = Date.now()
  }

  get any(): boolean {
    return [...this.all.values()].some(({ given }) => given.length > 0)
  }
  hasAny(pageId: string): boolean {
    return (this.all.get(pageId)?.given.length ?? 0) > 0
  }
  of(pageId: string): PageRulings | undefined {
    return this.all.get(pageId)
  }
  on({ assignment, question }: Case): Ruling | undefined {
    return rulingOn(this.all.get(assignment.pageId), question)
  }
  isDone({ pageId, questions }: ArbitrationAssignment): boolean {
    return isDecided(this.all.get(pageId), questions)
  }

  give(pageId: string, ruling: Ruling): void {
    this.#number += 1
    this.#change(withRuling(this.all.get(pageId), pageId, ruling, this.#number))
  }
  takeBack(pageId: string, questionId: string): void {
    const page = this.all.get(pageId)
    if (page !== undefined) this.#change(withoutRuling(page, questionId))
  }
  /** What came back from the outbox, under a new submission: the old one was refused. */
  giveAgain(pageId: string, rulings: readonly Ruling[]): PageRulings {
    let page: PageRulings = { pageId, submissionId: crypto.randomUUID(), given: [] }
    for (const ruling of rulings) {
      this.#number += 1
      page = withRuling(page, pageId, ruling, this.#number)
    }
    this.all = new Map(this.all).set(pageId, page)
    return page
  }
  /** Of a page that is in the outbox by now. */
  forget(pageId: string): void {
    this.all = new Map([...this.all].filter(([key]) => key !== pageId))
  }

  /** The last ruling on one of these, which is the first to be taken back. */
  last(cases: readonly Case[]): (Case & { readonly ruling: Ruling }) | undefined {
    const asked = new Map(cases.map((one) => [one.question.questionId, one]))
    const last = lastGiven(
      [...this.all.values()].map((one) => ({
        ...one,
        given: one.given.filter(({ ruling }) => asked.has(ruling.questionId)),
      })),
    )
    const found = last && asked.get(last.ruling.questionId)
    return last && found && { ...found, ruling: last.ruling }
  }

  #change(page: PageRulings): void {
    this.all = new Map(this.all).set(page.pageId, page)
    this.saver.save(this.all)
  }
  async #keep(all: ByPage): Promise<void> {
    const put = [...all.values()].filter(({ pageId }) => this.all.has(pageId))
    await this.#kept.change({
      put: put.map((value) => ({ room: 'rulings', id: value.pageId, value })),
    })
  }
}
