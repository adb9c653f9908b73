import { expect, test } from 'vitest'
import type { QuestionView } from '../../../src/live/types'
import { answeredQuestions, listPolls, listQuestions, openQuestions } from '../../../src/pages/watch/ordering'

const question = (id: string, values: Partial<QuestionView>): QuestionView => ({
  id,
  text: id,
  language: 'en',
  status: 'approved',
  votes: 0,
  rank: 0,
  asked_at: 0,
  ...values,
})
const ids = (of: { id: string }[]) => of.map((each) => each.id)

const QUESTIONS = [
  question('a', { votes: 2, rank: 3, asked_at: 10 }),
  question('b', { votes: 5, rank: 2, asked_at: 20 }),
  question('c', { votes: 2, rank: 1, asked_at: 5 }),
]

test.each([
  ['votes', ['b', 'c', 'a']],
  ['queue', ['c', 'b', 'a']],
  ['recent', ['b', 'a', 'c']],
] as const)('questions are listed by %s', (order, expected) => {
  expect(ids(listQuestions(QUESTIONS, order))).toEqual(expected)
})

test('what is open and what was answered stand apart, what is on stage in neither', () => {
  const all = [
    question('open', {}),
    question('staged', { status: 'staged' }),
    question('first', { status: 'answered', answered_at: 1 }),
    question('second', { status: 'answered', answered_at: 2 }),
  ]
  expect([ids(openQuestions(all)), ids(answeredQuestions(all))]).toEqual([['open'], ['second', 'first']])
})

test('an open poll stands before closed ones', () => {
  const poll = (id: string, opened_at: number, closed_at = 0) => ({
    id,
    opened_at,
    closed_at,
    question: {},
    options: [],
    ballots: 0,
  })
  expect(ids(listPolls([poll('old', 1, 2), poll('open', 3), poll('late', 5, 6)]))).toEqual([
    'open',
    'late',
    'old',
  ])
})
