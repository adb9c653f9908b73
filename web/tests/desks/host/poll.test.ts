/** What is sent of a poll that was typed. */
import { expect, test } from 'vitest'
import { emptyDraft, missingIn, readyPoll } from '../../../src/desks/host/poll'

test('a poll is ready with a question and two options, and what was left empty is not sent', () => {
  const draft = {
    question: { en: ' Again? ', es: '' },
    options: [{ en: 'Yes' }, { en: ' ', es: '' }, { es: 'No' }],
  }
  expect(readyPoll(draft)).toEqual({
    kind: 'open_poll',
    question: { en: 'Again?' },
    options: [{ en: 'Yes' }, { es: 'No' }],
  })
})

test('without a question or with one option there is nothing to send', () => {
  const options = [{ en: 'Yes' }, { en: 'No' }]
  expect(
    [emptyDraft(), { question: {}, options }, { question: { en: 'Q' }, options: [{ en: 'Yes' }, {}] }].map(
      readyPoll,
    ),
  ).toEqual([null, null, null])
})

test('a language is missing where another has words', () => {
  const draft = { question: { en: 'Q', es: 'P' }, options: [{ en: 'Yes', es: 'Sí' }, { en: 'No' }] }
  expect(missingIn(draft, ['en', 'es', 'fr'])).toEqual(['es', 'fr'])
  expect(missingIn(emptyDraft(), ['en'])).toEqual([])
})
