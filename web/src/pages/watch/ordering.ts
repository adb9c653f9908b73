/** In which order questions are listed, and which of them are whose; the rules themselves are the server's. */
import type { PollView, QuestionView } from '../../live/types'

export type Order = 'votes' | 'queue' | 'recent'

const COMPARE: Record<Order, (one: QuestionView, other: QuestionView) => number> = {
  votes: (one, other) => other.votes - one.votes || one.asked_at - other.asked_at,
  queue: (one, other) => one.rank - other.rank,
  recent: (one, other) => other.asked_at - one.asked_at,
}

export const listQuestions = (questions: readonly QuestionView[], order: Order): QuestionView[] =>
  [...questions].sort(COMPARE[order])

export const openQuestions = (questions: readonly QuestionView[]): QuestionView[] =>
  questions.filter((each) => each.status === 'approved')

/** What was answered last comes first. */
export const answeredQuestions = (questions: readonly QuestionView[]): QuestionView[] =>
  questions
    .filter((each) => each.status === 'answered')
    .sort((one, other) => (other.answered_at ?? 0) - (one.answered_at ?? 0))

/** Open polls before closed ones, the newest first. */
export const listPolls = (polls: readonly PollView[]): PollView[] =>
  [...polls].sort(
    (one, other) => Number(!!one.closed_at) - Number(!!other.closed_at) || other.opened_at - one.opened_at,
  )
