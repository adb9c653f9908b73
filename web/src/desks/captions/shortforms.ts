/** Writes out the glossary's short forms while somebody types; knows no field and no key. */
import type { Term } from '../../live/types'

/** What the field holds after a short form was written out, and before: so that it can be taken back. */
export interface Expansion {
  text: string
  caret: number
  /** The text and caret as typed. */
  before: { text: string; caret: number }
}

const WORD_BEFORE = /([^\s.,;:!?¿¡()"“”'«»]+)$/u

/**
 * Writes out the word that ends at `end`, where it is a short form that has a text in this language.
 *
 * A short form is taken as it stands in the glossary, capitals and all: "us" is not "US". `end` is where the word
 * ends, `caret` where the caret stands; what lies between (the space that was typed) is kept.
 */
export function expandShortForm(
  text: string,
  end: number,
  caret: number,
  terms: readonly Term[],
  language: string,
): Expansion | null {
  const word = WORD_BEFORE.exec(text.slice(0, end))?.[1]
  const full = word && terms.find((term) => term.short === word)?.texts[language]
  if (!word || !full || full === word) return null
  const start = end - word.length
  return {
    text: text.slice(0, start) + full + text.slice(end),
    caret: caret + full.length - word.length,
    before: { text, caret },
  }
}

/** The expansion after a character was typed: only one that ends a word brings it about. */
export function expandAfterTyping(
  text: string,
  caret: number,
  terms: readonly Term[],
  language: string,
): Expansion | null {
  const typed = text.slice(caret - 1, caret)
  if (!/[\s.,;:!?)]/u.test(typed)) return null
  return expandShortForm(text, caret - 1, caret, terms, language)
}

/** What Backspace brings back, directly after an expansion; null: it is an ordinary Backspace. */
export function takenBack(
  last: Expansion | null,
  text: string,
  caret: number,
): { text: string; caret: number } | null {
  return last !== null && last.text === text && last.caret === caret ? last.before : null
}
