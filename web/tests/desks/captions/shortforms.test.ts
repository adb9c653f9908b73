/** What a captioner's short forms become, and how that is taken back. */
import { expect, test } from 'vitest'
import { expandAfterTyping, expandShortForm, takenBack } from '../../../src/desks/captions/shortforms'

const terms = [
  { kind: 'acronym', texts: { en: 'Annual General Meeting', es: 'Asamblea General Anual' }, short: 'agm' },
  { kind: 'name', texts: { en: 'Zoë' }, short: 'zz' },
  { kind: 'name', texts: { en: 'Nothing short' } },
]
const typed = (text: string, language = 'en') => expandAfterTyping(text, text.length, terms, language)

test('a space after a short form writes it out in the language of the track', () => {
  expect(typed('Our agm ')?.text).toBe('Our Annual General Meeting ')
  expect(typed('Nuestra agm ', 'es')?.text).toBe('Nuestra Asamblea General Anual ')
})

test('punctuation ends a word as well', () => {
  expect(typed('(agm,')).toMatchObject({ text: '(Annual General Meeting,', caret: 24 })
})

test('other words, parts of words and other capitals stay', () => {
  expect(['agm', 'agms ', 'AGM ', 'my-agm ', '  '].map((text) => typed(text))).toEqual(Array(5).fill(null))
})

test('a term without a text in the language stays as typed', () => {
  expect(typed('zz ', 'es')).toBe(null)
})

test('what follows the caret is kept and the caret moves along', () => {
  const text = 'zz said so'
  expect(expandAfterTyping(text, 3, terms, 'en')).toMatchObject({ text: 'Zoë said so', caret: 4 })
})

test('the last word is written out at the end of a line', () => {
  expect(expandShortForm('by zz', 5, 5, terms, 'en')?.text).toBe('by Zoë')
})

test('backspace takes back what was written out, only directly after it', () => {
  const last = typed('Our agm ')
  const text = last?.text ?? ''
  expect(takenBack(last, text, text.length)).toEqual({ text: 'Our agm ', caret: 8 })
  expect([
    takenBack(last, `${text}x`, text.length + 1),
    takenBack(last, text, 3),
    takenBack(null, '', 0),
  ]).toEqual([null, null, null])
})
