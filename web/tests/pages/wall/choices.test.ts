import { expect, test } from 'vitest'
import { choicesOf } from '../../../src/pages/wall/choices'

const TRACKS = ['en', 'es', 'ar']

test('the address says which languages, how large and in which colours', () => {
  expect(choicesOf('?lang=es&lang=ar&size=150&theme=light', TRACKS)).toEqual({
    languages: ['es', 'ar'],
    size: 150,
    theme: 'light',
  })
})

test('without an address the first two languages are shown, white on black', () => {
  expect(choicesOf('', TRACKS)).toEqual({ languages: ['en', 'es'], size: 100, theme: 'dark' })
})

test('what makes no sense is passed over', () => {
  expect(choicesOf('?lang=xx&lang=es&lang=es&size=huge&theme=pink', TRACKS)).toEqual({
    languages: ['es'],
    size: 100,
    theme: 'dark',
  })
  expect(choicesOf('?size=9000', TRACKS).size).toBe(300)
})
