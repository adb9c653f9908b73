/** Who asks from where, in one line; knows no page. */
import type { MeetingView, QuestionView } from '../../live/types'
import { countryName } from '../../parts/names'
import { nodeName } from '../naming'

/** "Ana Ruiz, Example Net · Lima · Peru"; what is not known is left out. */
export function askedFrom(meeting: MeetingView | null, question: QuestionView): string {
  const who = [question.name, question.affiliation].filter(Boolean).join(', ')
  const country = question.country ? countryName(question.country) : ''
  const parts = [who, nodeName(meeting, question.node ?? ''), country]
  return parts.filter(Boolean).join(' · ')
}
