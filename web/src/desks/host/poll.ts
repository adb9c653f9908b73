/** A poll as it is written at the desk, and what is sent of it; knows no page. */
import type { OpenPoll } from '../../live/types'

export const FEWEST = 2
export const MOST = 12

/** Question and options by language, as typed. */
export interface Draft {
  question: Record<string, string>
  options: Record<string, string>[]
}

export const emptyDraft = (): Draft => ({ question: {}, options: [{}, {}] })

/** What can be sent: without what was left empty; null: there is no question yet, or fewer than two options. */
export function readyPoll(draft: Draft): OpenPoll | null {
  const question = written(draft.question)
  const options = draft.options.map(written).filter((each) => Object.keys(each).length > 0)
  if (Object.keys(question).length === 0 || options.length < FEWEST) return null
  return { kind: 'open_poll', question, options }
}

/** The languages in which something is missing that another language has. */
export function missingIn(draft: Draft, languages: readonly string[]): string[] {
  const texts = [draft.question, ...draft.options].map(written).filter((each) => Object.keys(each).length > 0)
  return languages.filter((language) => texts.some((each) => !(language in each)))
}

function written(texts: Record<string, string>): Record<string, string> {
  const trimmed = Object.entries(texts).map(([language, text]) => [language, text.trim()])
  return Object.fromEntries(trimmed.filter(([, text]) => text))
}
