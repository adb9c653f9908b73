/** How fast somebody captions. */
import { expect, test } from 'vitest'
import { pace, recent, sent } from '../../../src/desks/captions/pace'

test('a line counts its characters and words', () => {
  expect(sent(' Good  mañana, 👋 ', 7)).toEqual({ at: 7, characters: 17, words: 3 })
})

test('the pace is that of the last minute', () => {
  const all = [sent('gone long ago', 1_000), sent('one two three', 100_000), sent('four', 119_000)]
  expect(pace(all, 120_000, 0)).toEqual({ characters: 17, words: 4 })
  expect(recent(all, 120_000)).toHaveLength(2)
})

test('at the beginning the pace is reckoned from the time there was', () => {
  expect(pace([sent('one two', 1_000)], 30_000, 0)).toEqual({ characters: 14, words: 4 })
  expect(pace([], 1_000, 0)).toEqual({ characters: 0, words: 0 })
})
