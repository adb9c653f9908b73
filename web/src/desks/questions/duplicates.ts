/**
 * Which questions are likely the same, also across languages; it suggests and decides nothing.
 *
 * 1. Two questions are compared in every language in which both are to be read, and the best comparison counts.
 * 2. Words of three letters and less say nothing; of a longer word the first six letters count, without accents, so
 *    that "membership" and "members" are alike. A word counts the more, the fewer questions have it.
 * 3. What is alike is the weight of the words that both have, in parts of what the shorter question has in all.
 * 4. At least two words must be shared. Who reads the suggestion sees which they are, in their
 *    own language where the two questions can be read in it.
 */
import type { QuestionView } from '../../live/types'

/** `alike`: 0 to 1. `words`: those which both have, as the suggested question's text writes them. */
export interface Likely {
  question: QuestionView
  alike: number
  words: string[]
}

export const ALIKE = 0.4

type Words = Map<string, string>
type Weigh = (stem: string) => number

const known = new WeakMap<QuestionView, Map<string, Words>>()

/** The questions that are likely the same as this one, the likeliest first. */
export function likelyDuplicates(
  question: QuestionView,
  all: readonly QuestionView[],
  reads: string,
  most = 3,
): Likely[] {
  const others = all.filter((each) => each.id !== question.id && mayStandFor(each))
  const weigh = weights(all)
  const found = others
    .map((other) => compare(question, other, weigh, reads))
    .filter((each) => each.alike >= ALIKE)
  return found
    .sort((one, other) => other.alike - one.alike || other.question.votes - one.question.votes)
    .slice(0, most)
}

/** Whether others can be merged into a question: not one that was declined, withdrawn or is part of another. */
export const mayStandFor = (question: QuestionView): boolean =>
  !question.merged_into && question.status !== 'declined' && question.status !== 'withdrawn'

/** What a question says in every language in which it is to be read. */
export function textsOf(question: QuestionView): Record<string, string> {
  const said: Record<string, string> = { [question.language]: question.original || question.text }
  for (const [language, each] of Object.entries(question.translations ?? {})) said[language] = each.text
  return said
}

function compare(question: QuestionView, other: QuestionView, weigh: Weigh, reads: string): Likely {
  const here = wordsOf(question)
  let alike = 0
  let words: string[] = []
  for (const [language, theirs] of wordsOf(other)) {
    const own = here.get(language) ?? new Map()
    const shared = [...theirs.keys()].filter((stem) => own.has(stem))
    const found = shared.length < 2 ? 0 : weight(shared, weigh) / smaller(own, theirs, weigh)
    if (found > 0 && (language === reads || words.length === 0)) words = written(shared, theirs)
    alike = Math.max(alike, found)
  }
  return { question: other, alike, words }
}

const written = (stems: string[], words: Words) => stems.map((stem) => words.get(stem) ?? stem)

const smaller = (one: Words, other: Words, weigh: Weigh) =>
  Math.min(weight(one.keys(), weigh), weight(other.keys(), weigh))

const weight = (stems: Iterable<string>, weigh: Weigh) =>
  [...stems].reduce((sum, stem) => sum + weigh(stem), 0)

/** The rarer the heavier, as the logarithm of how rare; a word of one question alone weighs most. */
function weights(all: readonly QuestionView[]): Weigh {
  const holders = new Map<string, number>()
  for (const each of all) {
    const stems = new Set([...wordsOf(each).values()].flatMap((words) => [...words.keys()]))
    for (const stem of stems) holders.set(stem, (holders.get(stem) ?? 0) + 1)
  }
  return (stem) => Math.log(1 + (all.length + 1) / (1 + (holders.get(stem) ?? 0)))
}

/** By language: the beginnings of the words that say something, each with one word as written. */
function wordsOf(question: QuestionView): Map<string, Words> {
  const found = known.get(question)
  if (found) return found
  const words = new Map(
    Object.entries(textsOf(question)).map(([language, text]) => [language, beginnings(text)]),
  )
  known.set(question, words)
  return words
}

function beginnings(text: string): Words {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const long = words.filter((word) => word.length > 3 || /\p{N}/u.test(word))
  return new Map(long.map((word) => [plain(word).slice(0, 6), word]))
}

const plain = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '')
