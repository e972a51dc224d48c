import type {
  Effort,
  FieldDefinition,
  FormDefinition,
  Mark,
  TypedRecords,
  TypingAssignment,
} from '@songnhap/contracts'
import type { UnitLookup } from '@songnhap/forms'
import { deskWords } from '../words/desk.ts'
import { language, textOf } from '../words/language.svelte.ts'
import { pickOption } from './choose-option.ts'
import type { Draft, DraftField } from './draft.ts'
import * as drafts from './draft.ts'
import { EffortMeter } from './effort-meter.ts'
import { checksEndingAt, finishPage } from './finish-page.ts'
import * as histories from './history.ts'
import { type Look, lookAtField } from './look-at-field.ts'
import { type Above, aboveOf, markField } from './marks.ts'
import { type Notice, noticeOfFinish, wordsOfError } from './notice.ts'
import { readingsMeasured } from './readings-measured.ts'

/** One page while it is typed: every key becomes a new draft, and each draft is saved. */
export class Typing {
  draft = $state.raw<Draft>() as Draft
  notice = $state.raw<Notice>()
  /** Grows when the focus has to be put where the draft says, even if it is there already. */
  settled = $state(0)
  readonly form: FormDefinition
  readonly assignment: TypingAssignment
  readonly #save: (draft: Draft) => void
  readonly #units: UnitLookup | undefined
  #history = histories.NO_HISTORY
  #visits = 0
  /** Absent of a page that was begun before it was opened here: what that took nobody knows. */
  readonly #meter: EffortMeter | undefined

  constructor(
    assignment: TypingAssignment,
    form: FormDefinition,
    draft: Draft | undefined,
    save: (draft: Draft) => void,
    units?: UnitLookup,
  ) {
    this.assignment = assignment
    this.form = form
    this.draft = draft ?? drafts.newDraft(assignment, form)
    this.#save = save
    this.#units = units
    const isNew = this.draft.records.every(drafts.isUntouched)
    this.#meter = isNew ? new EffortMeter(performance.now()) : undefined
  }
  get recordIndex(): number {
    return this.draft.records.findIndex(({ id }) => id === this.draft.record)
  }
  get fields(): readonly FieldDefinition[] {
    return this.fieldsAt(this.recordIndex)
  }
  fieldsAt(index: number): readonly FieldDefinition[] {
    return drafts.fieldsOf(this.form, this.assignment, index)
  }
  get fieldIndex(): number {
    return this.fields.findIndex(({ name }) => name === this.draft.field)
  }
  get field(): FieldDefinition | undefined {
    return this.fields[this.fieldIndex]
  }
  /** The place on the page of a record, from 0. */
  placeOf(index: number): number {
    return (this.assignment.places?.[index] ?? index + 1) - 1
  }
  at(name: string): DraftField {
    return drafts.fieldAt(this.draft, this.draft.record, name)
  }
  lookAt(field: FieldDefinition): Look {
    return lookAtField(this.form, field, this.at(field.name), language.current)
  }
  above(field: FieldDefinition): Above {
    return aboveOf(this.draft, this.recordIndex, field)
  }

  /** The input says so; nothing is ever said back to it while it has the focus. */
  typed(name: string, typed: string, isPaste = false): void {
    const before = this.at(name).typed
    if (typed === before) return
    const edit = { record: this.draft.record, field: name, before, after: typed, isPaste }
    this.#meter?.edit(edit, performance.now())
    this.notice = undefined
    this.#change(drafts.withTyped(this.draft, this.draft.record, name, typed), `${this.#visits}`)
  }

  /** The focus came to a field, by whatever way. */
  entered(name: string): void {
    if (name === this.draft.field) return
    this.#leaveField()
    this.#place(this.draft.record, name)
  }

  next(): void {
    if (this.#answered()) return
    const { field } = this
    if (field === undefined) return
    const look = this.lookAt(field)
    const here = this.at(field.name)
    if (look.error !== undefined) {
      this.#say('error', wordsOfError(look.error, field))
      return
    }
    if (here.mark === 'partly-legible' && here.typed === '') {
      this.#say('warning', deskWords().partlyNeedsText)
      return
    }
    const [odd] = checksEndingAt(this.draft, this.form, this.assignment, field, this.#units)
    const doubt = look.warning === undefined ? odd && textOf(odd) : deskWords()[look.warning]
    if (doubt !== undefined && here.sure !== true) {
      this.notice = { text: `${doubt} ${deskWords().keep}`, tone: 'warning', asks: 'keep' }
      return
    }
    this.#advance()
  }
  back(): void {
    this.#leaveField()
    const before = this.fields[this.fieldIndex - 1]
    if (before !== undefined) this.#place(this.draft.record, before.name)
    else this.#recordBy(-1, this.fieldsAt(this.recordIndex - 1).at(-1))
  }
  fieldBy(by: -1 | 1): void {
    const next = this.fields[this.fieldIndex + by]
    if (next === undefined) return
    this.#leaveField()
    this.#place(this.draft.record, next.name)
  }
  recordBy(by: -1 | 1): void {
    this.#leaveField()
    this.#recordBy(by, this.fieldsAt(this.recordIndex + by)[0])
  }
  goTo(record: string): void {
    this.#leaveField()
    const index = this.draft.records.findIndex(({ id }) => id === record)
    this.#place(record, this.fieldsAt(index)[0]?.name ?? '')
  }
  escape(): void {
    this.notice = undefined
  }

  mark(mark: Mark): void {
    const { field } = this
    if (field === undefined) return
    const words = deskWords()
    // Where single records are keyed, the one above is on the page but not in this entry.
    const alone = this.assignment.places !== undefined && field.dittoFrom !== undefined
    const asked = this.notice?.asks === 'ditto' || alone
    const marking = markField(field, this.at(field.name), mark, this.above(field), asked)
    if (marking.do === 'refuse') this.#say('warning', words.markNotHere)
    else if (marking.do === 'ask') {
      const text = marking.asks === 'ditto' ? words[marking.why] : words.dropText
      this.notice = { text, tone: 'warning', asks: marking.asks, mark }
    } else {
      this.#setField(field, marking.field)
      if (marking.moves) this.#advance()
      else if (mark === 'partly-legible') this.#say('warning', words.partlyNeedsText)
    }
  }

  addRecord(): void {
    if (this.#placesFixed()) return
    const next = drafts.addRecord(this.draft, this.draft.record, this.form.recordsMax)
    if (next === this.draft) this.#say('warning', deskWords().recordsFull(this.form.recordsMax))
    else {
      const isBetween = this.recordIndex < this.draft.records.length - 1
      this.#changeRecords(next)
      if (isBetween) this.#say('warning', deskWords().recordInserted(this.recordIndex + 1))
    }
  }
  removeRecord(): void {
    if (!this.#placesFixed())
      this.#changeRecords(drafts.removeRecord(this.draft, this.draft.record))
  }
  moveRecord(by: -1 | 1): void {
    if (!this.#placesFixed())
      this.#changeRecords(drafts.moveRecord(this.draft, this.draft.record, by))
  }

  undo(): void {
    this.#travel(histories.undo(this.#history, this.draft))
  }
  redo(): void {
    this.#travel(histories.redo(this.#history, this.draft))
  }

  /** What is to be sent; undefined while something is open, and then it says what and goes there. */
  finish(): TypedRecords | undefined {
    this.#leaveField()
    const finish = finishPage(this.draft, this.form, this.assignment, language.current, this.#units)
    if (finish.is === 'ready') {
      if (finish.records.length > 0 || this.notice?.asks === 'no-records') return finish.records
    } else if (finish.is !== 'refused') this.#place(finish.record, finish.field)
    this.notice = noticeOfFinish(finish)
    return undefined
  }

  /** What the page took so far. */
  effort(): Effort | undefined {
    return this.#meter?.effortOf(readingsMeasured(this.draft, this.form, this.assignment))
  }

  /** Enter where the line below the field has asked something. */
  #answered(): boolean {
    const { field, notice } = this
    if (field === undefined || notice?.asks === undefined) return false
    const here = this.at(field.name)
    if (notice.asks === 'keep') this.#setField(field, { ...here, sure: true })
    else if (notice.asks === 'drop-text' && notice.mark !== undefined) {
      this.#setField(field, { typed: '', mark: notice.mark, origin: 'typed' })
    } else return false
    this.#advance()
    return true
  }
  #advance(): void {
    this.#leaveField()
    this.notice = undefined
    const next = this.fields[this.fieldIndex + 1]
    if (next !== undefined) this.#place(this.draft.record, next.name)
    else this.#openNextRecord()
  }

  /** The last Enter of a record opens the next; one left untouched at the end is dropped later. */
  #openNextRecord(): void {
    const first = this.fieldsAt(this.recordIndex + 1)[0]?.name ?? ''
    const after = this.draft.records[this.recordIndex + 1]
    const current = this.draft.records[this.recordIndex]
    if (after !== undefined) this.#place(after.id, first)
    else if (
      this.assignment.places === undefined &&
      current !== undefined &&
      !drafts.isUntouched(current) &&
      this.draft.records.length < this.form.recordsMax
    ) {
      this.#changeRecords(drafts.addRecord(this.draft, this.draft.record, this.form.recordsMax))
      this.#say('hint', deskWords().recordOpened)
    } else {
      this.settled += 1
      this.notice = { text: deskWords().endOfPage, tone: 'warning', asks: 'finish' }
    }
  }

  /** A choice becomes its option when it is left: beside the focus, never under it. */
  #leaveField(): void {
    this.#visits += 1
    this.#meter?.touch(this.draft.record, this.draft.field, performance.now())
    const { field } = this
    const next = field && pickOption(this.form, field, this.at(field.name))
    if (field === undefined || next === undefined) return
    this.draft = drafts.withField(this.draft, this.draft.record, field.name, next)
    this.#save(this.draft)
  }
  #recordBy(by: -1 | 1, field: FieldDefinition | undefined): void {
    const next = this.draft.records[this.recordIndex + by]
    if (next !== undefined && field !== undefined) this.#place(next.id, field.name)
  }
  #place(record: string, field: string): void {
    this.notice = undefined
    this.draft = drafts.moveTo(this.draft, record, field)
    this.settled += 1
    this.#save(this.draft)
  }
  #setField(field: FieldDefinition, next: DraftField): void {
    this.notice = undefined
    this.#change(drafts.withField(this.draft, this.draft.record, field.name, next))
    this.settled += 1
  }
  #change(next: Draft, visit = ''): void {
    this.#history = histories.remember(this.#history, this.draft, visit)
    this.draft = next
    this.#save(next)
  }
  #changeRecords(next: Draft): void {
    if (next === this.draft) return
    this.#leaveField()
    this.#change({ ...next, field: this.fields[0]?.name ?? '' })
    this.notice = undefined
    this.settled += 1
  }
  #travel({ history, draft }: { history: histories.History; draft: Draft }): void {
    if (draft === this.draft) return
    this.#history = history
    this.draft = draft
    this.notice = undefined
    this.settled += 1
    this.#save(draft)
  }
  #placesFixed(): boolean {
    if (this.assignment.places === undefined) return false
    this.#say('warning', deskWords().placesFixed)
    return true
  }
  #say(tone: Notice['tone'], text: string): void {
    this.notice = { text, tone }
  }
}
