/** Sentences and counted sentences in the languages of the interface. */
import { beforeEach, expect, test } from 'vitest'
import { n, t, useCatalogue } from '../src/i18n'

const spanish = {
  language: 'es',
  direction: 'ltr' as const,
  categories: ['one', 'other'] as Intl.LDMLPluralRule[],
  messages: {
    'Ask {name}': 'Pregunta a {name}',
    '{count} person': ['{count} persona', '{count} personas'],
  },
}

const arabic = {
  language: 'ar',
  direction: 'rtl' as const,
  categories: ['zero', 'one', 'two', 'few', 'many', 'other'] as Intl.LDMLPluralRule[],
  messages: { '{count} person': ['zero', 'one', 'two', 'few', 'many', 'other'] },
}

beforeEach(() => useCatalogue(spanish))

test('a sentence is said in the language of the catalogue with its values', () => {
  expect(t('Ask {name}', { name: 'Ana {x}' })).toBe('Pregunta a Ana {x}')
})

test('a sentence that the catalogue lacks is said as given', () => {
  expect(t('Leave {room}', { room: 'now' })).toBe('Leave now')
  expect(n('{count} node', '{count} nodes', 2)).toBe('2 nodes')
})

test('a counted sentence takes the form of its count', () => {
  expect([1, 2].map((count) => n('{count} person', '{count} people', count))).toEqual([
    '1 persona',
    '2 personas',
  ])
})

test('a category without a form of its own is said as the last one', () => {
  expect(n('{count} person', '{count} people', 1_000_000)).toBe('1.000.000 personas')
})

test('arabic has six forms', () => {
  useCatalogue(arabic)
  const said = [0, 1, 2, 3, 11, 100].map((count) => n('{count} person', '{count} people', count))
  expect(said).toEqual(['zero', 'one', 'two', 'few', 'many', 'other'])
})
