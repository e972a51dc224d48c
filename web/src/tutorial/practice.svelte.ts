import type { Mark, Reading, TypingAssignment } from '@songnhap/contracts'
import { fieldAt, keptRecords } from '../desk/draft.ts'
import { Typing } from '../desk/typing.svelte.ts'
import { type Explanation, explain } from './explain.ts'
import type { Lesson } from './lesson.ts'

/** What is said about a field, or about the page. */
export type Told =
  | Explanation
  | { readonly is: 'unreadable' }
  | { readonly is: 'readable' }
  | { readonly is: 'other-reason' }
  | { readonly is: 'too-few-records'; readonly written: number }
  | { readonly is: 'too-many-records'; readonly written: number }

interface Said {
  readonly told: Told
  readonly changes: number
  readonly record: string
  readonly field: string
}

/** The ways out of a field that are looked at. */
type Leaving = { readonly do: 'next' } | { readonly do: 'mark'; readonly mark: Mark }

/** So often a field is explained before Enter goes on all the same: nobody is held here. */
const TRIES_MAX = 3

/** The lessons of the first day. No lease stands behind them, and nothing leaves this computer. */
export class Practice {
  at = $state(0)
  typing = $state.raw<Typing>()
  /** Grows with each explanation, so that a screen reader hears the same one again. */
  tries = $state(0)
  #said = $state.raw<Said>()
  readonly lessons: readonly Lesson[]
  readonly #keep: (lessonsDone: number) => void
  readonly #tries = new Map<string, number>()

  constructor(
    lessons: readonly Lesson[],
    lessonsDone: number,
    keep: (lessonsDone: number) => void,
  ) {
    this.lessons = lessons
    this.#keep = keep
    this.goTo(lessonsDone)
  }

  get lesson(): Lesson | undefined {
    return this.lessons[this.at]
  }
  /** Gone with the next letter, and elsewhere. */
  get told(): Told | undefined {
    const { typing } = this
    const said = this.#said
    if (said === undefined || typing === undefined) return undefined
    const { changes, record, field } = typing.draft
    const stays = said.changes === changes && said.record === record && said.field === field
    return stays ? said.told : undefined
  }

  goTo(at: number): void {
    this.at = at
    this.#said = undefined
    this.#tries.clear()
    const { lesson } = this
    this.typing =
      lesson === undefined
        ? undefined
        : new Watched(assignmentOf(lesson, at), lesson, (command) => this.allows(command))
  }

  /** Whether a field may be left, or marked; else it is said why not yet. */
  allows(command: Leaving): boolean {
    const { typing, lesson } = this
    if (typing?.field === undefined || lesson === undefined) return true
    if (lesson.unreadable) return this.#tell({ is: 'unreadable' })
    const truth = lesson.truth[typing.recordIndex]?.[typing.field.name]
    if (truth === undefined) return true
    const told =
      command.do === 'mark'
        ? this.#explainMark(command.mark, truth)
        : explain(lesson.form, typing.field, typing.at(typing.field.name), truth)
    if (told === undefined) return true
    const place = `${typing.draft.record} ${typing.field.name}`
    const tries = this.#tries.get(place) ?? 0
    this.#tries.set(place, tries + 1)
    // A field that is left empty is open at the desk as well.
    const open = told.is === 'text' && told.pressed === undefined
    if (command.do === 'next' && tries >= TRIES_MAX && !open) return true
    return this.#tell(told)
  }

  /** Before a mark is set: it would go on to the next field at once. */
  #explainMark(pressed: Mark, truth: Reading): Explanation | undefined {
    const { typing, lesson } = this
    if (typing?.field === undefined || lesson === undefined) return undefined
    const here = typing.at(typing.field.name)
    // Pressed again it takes the mark away, or answers what the desk has asked.
    if (here.mark === pressed) return undefined
    if (truth.mark === undefined) return { is: 'text', pressed }
    if (truth.mark !== pressed) return { is: 'mark', wanted: truth.mark, pressed }
    if (pressed !== 'partly-legible' || here.typed === '') return undefined
    return explain(lesson.form, typing.field, { ...here, mark: pressed }, truth)
  }

  /** The end of the page: what was passed over is explained now. True when the lesson is done. */
  finish(): boolean {
    const { typing, lesson } = this
    if (typing === undefined || lesson === undefined) return false
    if (lesson.unreadable) return this.#tell({ is: 'unreadable' })
    const kept = keptRecords(typing.draft, {})
    const [typed, written] = [kept.length, lesson.truth.length]
    for (const [index, { id }] of kept.entries()) {
      const truth = lesson.truth[index]
      for (const field of typing.fields) {
        const here = fieldAt(typing.draft, id, field.name)
        if (truth?.[field.name] === undefined || (here.typed === '' && here.mark === undefined))
          continue
        const told = explain(lesson.form, field, here, truth[field.name] ?? NOTHING)
        if (told === undefined || (this.#tries.get(`${id} ${field.name}`) ?? 0) > TRIES_MAX)
          continue
        typing.goTo(id)
        typing.entered(field.name)
        return this.#tell(told)
      }
    }
    if (typed > written) return this.#tell({ is: 'too-many-records', written })
    if (typed > 0 && typing.finish() === undefined) return false
    if (typed < written) return this.#tell({ is: 'too-few-records', written })
    this.#done()
    return true
  }

  /** True when handing back is what this page needs, for this reason. */
  handBack(reason: string): boolean {
    if (this.lesson?.unreadable !== true) return this.#tell({ is: 'readable' })
    if (reason !== 'unreadable') return this.#tell({ is: 'other-reason' })
    this.#done()
    return true
  }

  #done(): void {
    this.goTo(this.at + 1)
    this.#keep(this.at)
  }

  #tell(told: Told): false {
    const { draft } = this.typing ?? {}
    if (draft !== undefined) {
      this.#said = { told, changes: draft.changes, record: draft.record, field: draft.field }
    }
    this.tries += 1
    return false
  }
}

/** The desk's own way of typing, which asks before a field is left or marked. */
class Watched extends Typing {
  readonly #allows: (command: Leaving) => boolean

  constructor(
    assignment: TypingAssignment,
    { form }: Lesson,
    allows: (command: Leaving) => boolean,
  ) {
    super(assignment, form, undefined, () => {})
    this.#allows = allows
  }

  override next(): void {
    if (this.#allows({ do: 'next' })) super.next()
  }
  override mark(mark: Mark): void {
    if (this.#allows({ do: 'mark', mark })) super.mark(mark)
  }
}

const NOTHING: Reading = { value: '', origin: 'typed' }

function assignmentOf(lesson: Lesson, at: number): TypingAssignment {
  const nobody = '00000000-0000-4000-8000-000000000000'
  return {
    kind: 'typing',
    leaseToken: nobody,
    pageId: nobody,
    form: { name: lesson.form.name, version: lesson.form.version },
    bookTitle: '',
    sequence: at + 1,
    expiresAt: new Date(0).toISOString(),
  }
}
