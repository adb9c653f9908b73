/** What each key does on a chosen question; only while its card has the focus, so that letters stay letters elsewhere. */
import type { QuestionView } from '../../live/types'
import type { Board, Form } from './board.svelte'
import type { Section } from './sorting'

export interface Place {
  board: Board
  question: QuestionView
  section: Section
  open: (form: Form) => void
  step: (by: number) => void
}

type Act = (place: Place) => void

const ANYWHERE: Record<string, Act> = {
  ArrowUp: ({ step }) => step(-1),
  ArrowDown: ({ step }) => step(1),
  t: ({ open }) => open('translate'),
}

const stage: Act = ({ board, question }) => void board.stage(question)
const answered: Act = ({ board, question }) => void board.markAnswered(question)
const merge: Act = ({ open }) => open('merge')
const decline: Act = ({ open }) => open('decline')
const reply: Act = ({ open }) => open('reply')

const IN_SECTION: Record<Section, Record<string, Act>> = {
  waiting: { a: ({ board, question }) => void board.approve(question), d: decline, m: merge },
  queue: {
    d: decline,
    m: merge,
    r: reply,
    s: stage,
    x: answered,
    'Alt+ArrowUp': ({ board, question }) => board.move(question, 'up'),
    'Alt+ArrowDown': ({ board, question }) => board.move(question, 'down'),
  },
  staged: { m: merge, r: reply, s: ({ board, question }) => void board.unstage(question), x: answered },
  answered: { r: reply, s: stage },
  aside: {
    a: ({ board, question }) => {
      if (question.status === 'declined') void board.approve(question, true)
    },
  },
}

export function actOnKey(event: KeyboardEvent, place: Place): void {
  if (event.ctrlKey || event.metaKey) return
  const key = `${event.altKey ? 'Alt+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`
  const act = IN_SECTION[place.section][key] ?? ANYWHERE[key]
  if (!act) return
  event.preventDefault()
  act(place)
}
