/** Which questions are taken for the same. */
import { expect, test } from 'vitest'
import { likelyDuplicates } from '../../../src/desks/questions/duplicates'
import type { QuestionView } from '../../../src/live/types'

const asked = (
  id: string,
  language: string,
  text: string,
  more: Partial<QuestionView> = {},
): QuestionView => ({
  id,
  text,
  language,
  status: 'waiting',
  votes: 0,
  rank: 0,
  asked_at: 0,
  ...more,
})

const fees = asked('fees', 'en', 'Will the membership fees rise next year?')
const cuotas = asked('cuotas', 'es', '¿Subirán las cuotas de los miembros el próximo año?', {
  translations: { en: { text: 'Will members pay higher fees next year?', machine: 'apertium' } },
})
const venue = asked('venue', 'en', 'Where will the venue be in the coming years?')
const likely = (question: QuestionView, all: QuestionView[]) =>
  likelyDuplicates(question, all, 'en').map((each) => each.question.id)

test('the same question in another language is found by its translation', () => {
  expect(likely(fees, [fees, cuotas, venue])).toEqual(['cuotas'])
  expect(likely(cuotas, [fees, cuotas, venue])).toEqual(['fees'])
})

test('a suggestion says which words it rests on', () => {
  expect(likelyDuplicates(fees, [fees, cuotas, venue], 'en')[0]?.words).toEqual([
    'will',
    'members',
    'fees',
    'next',
    'year',
  ])
})

test('the words are those of the language of who reads them, where it is shared', () => {
  const translated = {
    ...fees,
    translations: { es: { text: '¿Subirán las cuotas el próximo año?', machine: 'x' } },
  }
  const words = (reads: string) => likelyDuplicates(translated, [translated, cuotas], reads)[0]?.words
  expect([words('en'), words('es'), words('fr')]).toEqual([
    ['will', 'members', 'fees', 'next', 'year'],
    ['subirán', 'cuotas', 'próximo'],
    ['subirán', 'cuotas', 'próximo'],
  ])
})

test('without a common language nothing is suggested', () => {
  const { translations: _, ...alone } = cuotas
  expect(likely(fees, [fees, alone])).toEqual([])
})

test('one word in common is no likeness', () => {
  expect(likely(fees, [fees, asked('other', 'en', 'Fees?')])).toEqual([])
})

test('what cannot stand for another is not suggested', () => {
  const as = (id: string, more: Partial<QuestionView>) => asked(id, 'en', fees.text, more)
  const all = [
    as('declined', { status: 'declined' }),
    as('withdrawn', { status: 'withdrawn' }),
    as('merged', { merged_into: 'fees' }),
    as('approved', { status: 'approved' }),
  ]
  expect(likely(fees, [fees, ...all])).toEqual(['approved'])
})

test('of two that are as alike the one with more votes comes first', () => {
  const all = [asked('few', 'en', fees.text, { votes: 1 }), asked('many', 'en', fees.text, { votes: 7 })]
  expect(likely(fees, [fees, ...all])).toEqual(['many', 'few'])
})
