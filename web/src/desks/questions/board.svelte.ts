/** The questions as they lie on the desk: in sections, filtered; and every wish a moderator can have about one. */
import { t } from '../../i18n'
import type { Refusal } from '../../live/commands'
import type { Command, QuestionView } from '../../live/types'
import type { Answering, Desk } from '../desk.svelte'
import { type Filter, NO_FILTER, passes, placeBefore, SECTIONS, type Section, sorted } from './sorting'
import { statusName } from './wording'

/** What is open below a question's card. */
export type Form = 'decline' | 'merge' | 'translate' | 'reply' | 'block'

export class Board {
  readonly desk: Desk
  filter = $state.raw<Filter>(NO_FILTER)
  /** `status`: what the question was when the form was opened, which is what the moderator decides about. */
  open = $state.raw<{ id: string; form: Form; status: string } | null>(null)
  readonly all = $derived.by(() => this.desk.state.views('questions'))
  readonly sections = $derived.by(() => sorted(this.all))
  readonly seen = $derived.by(() => {
    const left = SECTIONS.map((each) => [each, this.sections[each].filter((one) => passes(one, this.filter))])
    return Object.fromEntries(left) as Record<Section, QuestionView[]>
  })
  readonly blocked = $derived.by(() => this.desk.state.view('blocked')?.people ?? {})

  constructor(desk: Desk) {
    this.desk = desk
  }

  find(id: string): QuestionView | null {
    return this.desk.state.view(`questions/${id}`)
  }

  approve(question: QuestionView, again = false): Promise<unknown> {
    return this.#wish(
      { kind: 'approve_question', question: question.id, again },
      this.#decided(question, 'approve', ''),
    )
  }

  decline(question: QuestionView, reason: string, again = false): Promise<unknown> {
    const command: Command = { kind: 'decline_question', question: question.id, reason, again }
    return this.#wish(command, this.#decided(question, 'decline', reason))
  }

  /** Moves a question among those that are to be seen. */
  move(question: QuestionView, to: 'up' | 'down' | 'top'): void {
    const before = placeBefore(this.sections.queue, this.seen.queue, question.id, to)
    if (before !== null) void this.#wish({ kind: 'move_question', question: question.id, before })
  }

  merge = (question: QuestionView, into: string) =>
    this.#wish({ kind: 'merge_question', question: question.id, into })
  split = (id: string) => this.#wish({ kind: 'split_question', question: id })
  stage = (question: QuestionView) => this.#wish({ kind: 'stage_question', question: question.id })
  unstage = (question: QuestionView) => this.#wish({ kind: 'unstage_question', question: question.id })
  markAnswered = (question: QuestionView) => this.#wish({ kind: 'mark_answered', question: question.id })
  block = (person: string) => this.#wish({ kind: 'block_person', person })
  unblock = (person: string) => this.#wish({ kind: 'unblock_person', person })

  reply = (question: QuestionView, text: string, language: string) =>
    this.#wish({ kind: 'reply_to_question', question: question.id, text, language })

  translate = (question: QuestionView, text: string, language: string) =>
    this.#wish({ kind: 'translate_question', question: question.id, text, language })

  #wish(command: Command, answering?: Answering): Promise<unknown> {
    return this.desk.wish(command, answering)
  }

  /** Somebody was faster: say what it is now, and offer to decide again where that is possible. */
  #decided(question: QuestionView, wanted: 'approve' | 'decline', reason: string): Answering {
    return (refusal: Refusal) => {
      if (refusal.code !== 'question_already_decided') return null
      const status = String(refusal.details.status ?? '')
      const text = t('{who} has decided “{question}” already: it is now {status}.', {
        who: this.find(question.id)?.decided_by || t('Somebody'),
        question: shortened(question.text),
        status: statusName(status),
      })
      if (wanted === 'approve' && status === 'declined') {
        return {
          text,
          again: { label: t('Approve it after all'), act: () => void this.approve(question, true) },
        }
      }
      if (wanted === 'decline' && status === 'approved') {
        const act = () => void this.decline(question, reason, true)
        return { text, again: { label: t('Decline it after all'), act } }
      }
      return { text }
    }
  }
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 60)} …` : text)
