/** How long ago something is said to be. */
import { expect, test } from 'vitest'
import { ago } from '../../src/desks/ago'

const S = 1_000

test('seconds, minutes and hours are said in whole ones', () => {
  expect([0, 59 * S, 60 * S, 3_599 * S, 7_300 * S].map((ms) => ago(0, ms))).toEqual([
    '0 sec. ago',
    '59 sec. ago',
    '1 min. ago',
    '59 min. ago',
    '2 hr. ago',
  ])
})

test('what lies ahead by a wrong clock is now', () => {
  expect(ago(5 * S, 0)).toBe('0 sec. ago')
})
