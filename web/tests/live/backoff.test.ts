import { expect, test } from 'vitest'
import { backoff } from '../../src/live/backoff'

test('the first attempt comes within two seconds', () => {
  expect([backoff(0, 0), backoff(0, 0.5), backoff(0, 1)]).toEqual([0, 1_000, 2_000])
})

test('the bound doubles up to eight seconds', () => {
  expect([1, 2, 3, 4, 5, 60].map((tries) => backoff(tries, 1))).toEqual([
    4_000, 8_000, 8_000, 8_000, 8_000, 8_000,
  ])
})

test('it may be nothing at any time, so that attempts spread evenly', () => {
  expect(backoff(9, 0)).toBe(0)
})
