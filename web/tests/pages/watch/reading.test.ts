import { expect, test } from 'vitest'
import { firstReading } from '../../../src/pages/watch/reading'

test('the first wish that there is a track for is read', () => {
  expect(firstReading(['en', 'es'], ['', 'fr', 'es', 'en'])).toBe('es')
})

test('a variety of a language is read as the language', () => {
  expect(firstReading(['en', 'es-419'], ['es-MX', 'en'])).toBe('es-419')
})

test('without a wish that can be met, the meeting’s first', () => {
  expect(firstReading(['en', 'es'], ['ar'])).toBe('en')
})
