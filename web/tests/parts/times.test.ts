import { expect, test } from 'vitest'
import { clockTime, stopwatch } from '../../src/parts/times'

test('a clock shows the time of a place', () => {
  const at = Date.UTC(2026, 4, 14, 14, 5)
  expect(clockTime(at, 'Africa/Nairobi').replace(/\s/g, ' ')).toBe('5:05 PM')
  expect(clockTime(at, 'Asia/Manila').replace(/\s/g, ' ')).toBe('10:05 PM')
})

test('a stopwatch shows hours only where there are any, and less than nothing with a minus', () => {
  expect([0, 61_000, 3_723_000, -5_000].map(stopwatch)).toEqual(['0:00', '1:01', '1:02:03', '−0:05'])
})
