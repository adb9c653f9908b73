import { expect, test } from 'vitest'
import type { MeetingView } from '../../src/live/types'
import { countries } from '../../src/parts/countries'
import { directionOf, languageName, ownLanguageName, speakerOf, textIn } from '../../src/parts/names'

test('a text is read in the reader’s language, else the interface’s, else any', () => {
  expect(textIn({ en: 'Welcome', es: 'Bienvenida' }, 'es')).toBe('Bienvenida')
  expect(textIn({ en: 'Welcome', es: 'Bienvenida' }, 'ar')).toBe('Welcome')
  expect(textIn({ es: 'Bienvenida' }, 'ar')).toBe('Bienvenida')
})

test('a speaker is known by id, and by the name itself where not in the agenda', () => {
  const meeting = {
    speakers: [{ id: 'ana', name: 'Ana Sosa', affiliation: 'Radio' }],
  } as unknown as MeetingView
  expect(speakerOf(meeting, 'ana')).toEqual({ name: 'Ana Sosa', affiliation: 'Radio', place: 0 })
  expect(speakerOf(meeting, 'A guest')).toEqual({ name: 'A guest', affiliation: '', place: -1 })
})

test('languages have names, and a tag that is none stands for itself', () => {
  expect([languageName('es'), ownLanguageName('es'), languageName('not a tag')]).toEqual([
    'Spanish',
    'español',
    'not a tag',
  ])
})

test('the direction is that of the writing', () => {
  expect(['ar', 'fa-IR', 'en', 'arn'].map(directionOf)).toEqual(['rtl', 'rtl', 'ltr', 'ltr'])
})

test('countries are countries, each under one code, in order of their names', () => {
  const codes = countries().map(([code]) => code)
  expect(codes.slice(0, 3)).toEqual(['AF', 'AX', 'AL'])
  expect(['UY', 'WS', 'KE'].every((code) => codes.includes(code))).toBe(true)
  expect(['EU', 'UN', 'SU', 'DD', 'ZZ'].filter((code) => codes.includes(code))).toEqual([])
})
