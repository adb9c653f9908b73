/** How a session's time is counted and what comes next. */
import { expect, test } from 'vitest'
import { clockText, countdown, isEnding, nextSession } from '../../src/desks/countdown'
import type { MeetingView } from '../../src/live/types'

const MINUTE = 60_000
const sessions = [
  { id: 'two', title: { en: 'Two' }, starts: 90 * MINUTE, minutes: 30 },
  { id: 'one', title: { en: 'One' }, starts: 60 * MINUTE, minutes: 30 },
]
const meeting: MeetingView = {
  slug: 'm',
  title: {},
  starts: 0,
  languages: ['en'],
  sessions,
  speakers: [],
  nodes: [],
  translator: 'none',
  policy: 'moderated',
  entrance: 'open',
}

test('a session has the minutes it was given, from when it opened', () => {
  const floor = { session: 'one', spans: { one: { opened: 100 * MINUTE, closed: 0 } } }
  expect(countdown(meeting, floor, 110 * MINUTE)).toEqual({
    session: sessions[1],
    opened: 100 * MINUTE,
    leftMs: 20 * MINUTE,
    over: false,
  })
  expect(countdown(meeting, floor, 131 * MINUTE)).toMatchObject({ leftMs: -MINUTE, over: true })
})

test('nothing is counted while no session is open', () => {
  const floor = { spans: { one: { opened: 1, closed: 2 } } }
  expect([countdown(meeting, floor, 3), countdown(null, null, 3)]).toEqual([null, null])
})

test('the next session is the first in time after what is open or has run', () => {
  const next = (floor: Parameters<typeof nextSession>[1]) => nextSession(meeting, floor)?.id
  expect(next(null)).toBe('one')
  expect(next({ session: 'one', spans: { one: { opened: 1, closed: 0 } } })).toBe('two')
  expect(next({ spans: { one: { opened: 1, closed: 2 } } })).toBe('two')
  expect(next({ session: 'two', spans: { two: { opened: 1, closed: 0 } } })).toBe(undefined)
})

test('a clock shows whole seconds and hours where there are any', () => {
  expect([0, 999, 1_000, 65_000, 3_725_000, -1_999, -61_000].map(clockText)).toEqual([
    '0:00',
    '0:01',
    '0:01',
    '1:05',
    '1:02:05',
    '0:01',
    '1:01',
  ])
})

test('the end is near in the last five minutes, or the last fifth of a short session', () => {
  const ending = (minutes: number, leftMs: number) =>
    isEnding({ session: { id: 's', title: {}, starts: 0, minutes }, opened: 0, leftMs, over: leftMs < 0 })
  expect([ending(60, 4 * MINUTE), ending(60, 6 * MINUTE), ending(60, -1)]).toEqual([true, false, false])
  expect([ending(10, 1.9 * MINUTE), ending(10, 4 * MINUTE)]).toEqual([true, false])
})
