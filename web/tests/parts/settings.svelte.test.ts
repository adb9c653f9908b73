import { beforeEach, expect, test } from 'vitest'
import { remembered } from '../../src/parts/settings.svelte'

beforeEach(() => localStorage.clear())

test('what is set is found again', () => {
  remembered('place', { size: 1, theme: 'light' }).size = 3
  expect({ ...remembered('place', { size: 1, theme: 'light' }) }).toEqual({ size: 3, theme: 'light' })
})

test('what is kept in another shape is passed over', () => {
  localStorage.setItem('place', '{"size": "large", "more": 1}')
  expect({ ...remembered('place', { size: 1 }) }).toEqual({ size: 1 })
  localStorage.setItem('place', 'no JSON')
  expect({ ...remembered('place', { size: 1 }) }).toEqual({ size: 1 })
})
