import { expect, test } from 'vitest'
import { earlierSpan, laterSpan, spanAround, spanAtLive, spanFrom } from '../../../src/pages/watch/window'

test('at live the lines grow up to a bound and are trimmed then', () => {
  expect(spanAtLive(0, 60)).toEqual({ from: 0, to: 60 })
  expect(spanAtLive(600, 1_000)).toEqual({ from: 600, to: 1_000 })
  expect(spanAtLive(600, 1_001)).toEqual({ from: 701, to: 1_001 })
})

test('at live a place beyond the end, as after a new beginning, is none', () => {
  expect(spanAtLive(700, 60)).toEqual({ from: 0, to: 60 })
})

test('whoever reads back has no more lines in the page than whoever is at live', () => {
  expect(spanFrom(100, 10_000)).toEqual({ from: 100, to: 500 })
  expect(spanFrom(100, 300)).toEqual({ from: 100, to: 300 })
})

test('the span moves both ways and stops at the ends', () => {
  expect(earlierSpan({ from: 500, to: 900 }, 10_000)).toEqual({ from: 350, to: 750 })
  expect(earlierSpan({ from: 100, to: 500 }, 10_000)).toEqual({ from: 0, to: 400 })
  expect(laterSpan({ from: 500, to: 900 }, 10_000)).toEqual({ from: 650, to: 1_050 })
  expect(laterSpan({ from: 500, to: 900 }, 920)).toEqual({ from: 620, to: 920 })
})

test('a line that is sought stands amid others', () => {
  expect(spanAround(5_000, 10_000)).toEqual({ from: 4_850, to: 5_250 })
  expect(spanAround(3, 10)).toEqual({ from: 0, to: 10 })
})
