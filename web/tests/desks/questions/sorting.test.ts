/** Where a question stands on the desk, and what a filter leaves. */
import { expect, test } from 'vitest'
import { NO_FILTER, passes, placeBefore, sorted } from '../../../src/desks/questions/sorting'
import type { QuestionView } from '../../../src/live/types'

const asked = (id: string, more: Partial<QuestionView> = {}): QuestionView => ({
  id,
  text: id,
  language: 'en',
  status: 'waiting',
  votes: 0,
  rank: 0,
  asked_at: 0,
  ...more,
})

test('every question has one section and its order', () => {
  const all = [
    asked('late', { asked_at: 2 }),
    asked('early', { asked_at: 1 }),
    asked('second', { status: 'approved', rank: 2 }),
    asked('first', { status: 'approved', rank: 1.5 }),
    asked('part', { status: 'approved', merged_into: 'first' }),
    asked('no', { status: 'declined', asked_at: 3 }),
    asked('now', { status: 'staged' }),
    asked('done', { status: 'answered', answered_at: 1 }),
    asked('done later', { status: 'answered', answered_at: 2 }),
  ]
  const ids = Object.entries(sorted(all)).map(([section, each]) => [
    section,
    each.map((question) => question.id),
  ])
  expect(Object.fromEntries(ids)).toEqual({
    staged: ['now'],
    waiting: ['early', 'late'],
    queue: ['first', 'second'],
    answered: ['done later', 'done'],
    aside: ['no', 'part'],
  })
})

test('a filter takes language, country and every word, in any language and without accents', () => {
  const question = asked('q', {
    text: 'Is there a plan?',
    original: '¿Hay un plan de conexión?',
    language: 'es',
    country: 'PE',
    name: 'Ana',
  })
  const held = (change: object) => passes(question, { ...NO_FILTER, ...change })
  expect([{}, { language: 'es', country: 'PE' }, { words: 'CONEXION ana plan' }].map(held)).toEqual([
    true,
    true,
    true,
  ])
  expect([{ language: 'en' }, { country: 'NZ' }, { words: 'plan venue' }].map(held)).toEqual([
    false,
    false,
    false,
  ])
})

test('a question moves by one place among those to be seen', () => {
  const queue = ['a', 'b', 'c', 'd'].map((id) => asked(id))
  const seen = queue.filter((each) => each.id !== 'b')
  const place = (id: string, move: 'up' | 'down' | 'top', among = queue) =>
    placeBefore(queue, among, id, move)
  expect([place('c', 'up'), place('a', 'down'), place('c', 'down'), place('d', 'top')]).toEqual([
    'b',
    'c',
    '',
    'a',
  ])
  expect([place('a', 'up'), place('d', 'down'), place('a', 'top'), place('x', 'up')]).toEqual([
    null,
    null,
    null,
    null,
  ])
  expect([place('c', 'up', seen), place('a', 'down', seen)]).toEqual(['a', 'd'])
})
