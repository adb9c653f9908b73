/** Where each question belongs on the desk, in which order, and what a filter leaves; knows no page. */
import type { QuestionView } from '../../live/types'

export type Section = 'staged' | 'waiting' | 'queue' | 'answered' | 'aside'

export const SECTIONS: readonly Section[] = ['staged', 'waiting', 'queue', 'answered', 'aside']

export function sectionOf(question: QuestionView): Section {
  if (question.merged_into) return 'aside'
  if (question.status === 'staged') return 'staged'
  if (question.status === 'waiting') return 'waiting'
  if (question.status === 'approved') return 'queue'
  return question.status === 'answered' ? 'answered' : 'aside'
}

const byAge = (one: QuestionView, other: QuestionView) => one.asked_at - other.asked_at || byId(one, other)
const byId = (one: QuestionView, other: QuestionView) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)

const ORDERS: Record<Section, (one: QuestionView, other: QuestionView) => number> = {
  staged: byAge,
  waiting: byAge,
  queue: (one, other) => one.rank - other.rank || byId(one, other),
  answered: (one, other) => (other.answered_at ?? 0) - (one.answered_at ?? 0) || byId(one, other),
  aside: (one, other) => byAge(other, one),
}

/** Every question in its section: the oldest waits first, the queue as ordered, the latest answer first. */
export function sorted(questions: readonly QuestionView[]): Record<Section, QuestionView[]> {
  const placed: Record<Section, QuestionView[]> = {
    staged: [],
    waiting: [],
    queue: [],
    answered: [],
    aside: [],
  }
  for (const each of questions) placed[sectionOf(each)].push(each)
  for (const section of SECTIONS) placed[section].sort(ORDERS[section])
  return placed
}

/** Empty: everything. `words` are looked for in what was asked, in every language, and in who asks. */
export interface Filter {
  language: string
  country: string
  words: string
}

export const NO_FILTER: Filter = { language: '', country: '', words: '' }

export function passes(question: QuestionView, filter: Filter): boolean {
  if (filter.language && question.language !== filter.language) return false
  if (filter.country && question.country !== filter.country) return false
  const wanted = plain(filter.words).split(/\s+/u).filter(Boolean)
  if (wanted.length === 0) return true
  const haystack = plain(haystackOf(question))
  return wanted.every((word) => haystack.includes(word))
}

function haystackOf(question: QuestionView): string {
  const translations = Object.values(question.translations ?? {}).map((each) => each.text)
  return [question.text, question.original, ...translations, question.name, question.affiliation].join(' ')
}

const plain = (text: string) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')

/**
 * Before which question one is put so that it moves a place among those to be seen; '': at the end; null: it is
 * there already. The queue may hold more than is to be seen.
 */
export function placeBefore(
  queue: readonly QuestionView[],
  seen: readonly QuestionView[],
  id: string,
  move: 'up' | 'down' | 'top',
): string | null {
  const at = seen.findIndex((each) => each.id === id)
  if (at < 0) return null
  if (move === 'down') {
    const next = seen[at + 1]
    return next ? (queue[queue.findIndex((each) => each.id === next.id) + 1]?.id ?? '') : null
  }
  const first = move === 'top' ? queue[0] : seen[at - 1]
  return first && first.id !== id ? first.id : null
}
