/** Times of lines as people write them. */
import { expect, test } from 'vitest'
import { momentOf, timeOfDay } from '../../../src/desks/captions/moments'

const at = new Date(2026, 4, 3, 14, 5, 7, 340).getTime()

test('a time of day is written to the tenth and read again', () => {
  expect(timeOfDay(at)).toBe('14:05:07.3')
  expect(momentOf(timeOfDay(at), at)).toBe(at - 40)
})

test('seconds may be left out, anything else is no time', () => {
  expect(momentOf('14:06', at)).toBe(new Date(2026, 4, 3, 14, 6).getTime())
  expect([momentOf('', at), momentOf('soon', at)]).toEqual([null, null])
})

test('around midnight the nearer day is meant', () => {
  const late = new Date(2026, 4, 3, 23, 59, 59).getTime()
  expect(momentOf('00:00:01', late)).toBe(late + 2_000)
  expect(momentOf('23:59:59', late + 2_000)).toBe(late)
})
